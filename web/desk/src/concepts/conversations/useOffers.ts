import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ConversationOut } from '../../api/types';
import { pool } from '../../live/entities';
import { countUse, fill, matching, useVariables } from '../canned';
import type { Sign, Trigger } from './completion';
import type { Offer } from './useCompletion';

/** What can be completed in a composer, and from what. */
export function useOffers(conversation: Ref<ConversationOut>) {
  const { locale } = useI18n();
  const values = useVariables(conversation);
  const signs = (): readonly Sign[] => ['/'];

  function canned(query: string): Offer[] {
    const language = pool.contact.get(conversation.value.contact_id ?? '')?.locale || locale.value;
    return matching(pool.canned_response.values(), query, language).map((row) => ({
      id: row.id,
      text: fill(row.text, values.value),
      chosen: () => countUse(row.id),
    }));
  }

  const offers = ({ query }: Trigger): Offer[] => canned(query);
  return { values, signs, offers };
}
