import type { Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { AgentOut, ConversationOut } from '../../api/types';
import { pool } from '../../live/entities';
import { countUse, fill, matching, useVariables } from '../canned';
import { emojiList } from '../emoji';
import type { Sign, Trigger } from './completion';
import { session } from '../session';
import { useChoiceLimits } from './choices';
import type { Choice } from './PickMenu.vue';
import type { Offer } from './useCompletion';
import type { Writing } from './writings';

const MANY = 12;

/** What can be completed in a composer, and from what. */
export function useOffers(conversation: Ref<ConversationOut>, writing: Ref<Writing>, isNote: Ref<boolean>) {
  const { t, locale } = useI18n();
  const values = useVariables(conversation);
  const limits = useChoiceLimits(conversation);
  const signs = (): readonly Sign[] => (isNote.value ? ['/', '@', ':'] : ['/', ':']);

  function colleagues(query: string): AgentOut[] {
    const sought = query.toLocaleLowerCase();
    const fits = (name: string) => name.toLocaleLowerCase().startsWith(sought) || name.toLocaleLowerCase().includes(` ${sought}`);
    return [...pool.agent.values()]
      .filter((one) => one.active && one.id !== session.agentId && fits(one.name))
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  /** Below the text, as far as the channel takes them. */
  function offer(choices: readonly string[]): void {
    const { most, length } = limits.value;
    const fitting = choices.filter((one) => one.length <= length).slice(0, most);
    if (fitting.length && !isNote.value) writing.value.choices = fitting;
  }

  function canned(query: string): Offer[] {
    const language = pool.contact.get(conversation.value.contact_id ?? '')?.locale || locale.value;
    return matching(pool.canned_response.values(), query, language).map((row) => ({
      id: row.id,
      text: fill(row.text, values.value),
      chosen: () => {
        offer(row.choices);
        countUse(row.id);
      },
    }));
  }

  function emoji(query: string): Offer[] {
    return (emojiList()?.matching(query) ?? []).slice(0, MANY).map((one) => ({ id: one.sign, text: one.sign }));
  }

  function offers({ sign, query }: Trigger): Offer[] {
    if (sign === '@') return colleagues(query).map((one) => ({ id: one.id, text: `@${one.name} ` }));
    return sign === ':' ? emoji(query) : canned(query);
  }

  /** How what is offered stands in a plain list. */
  function choiceOf({ id }: Offer): Choice {
    const list = emojiList();
    const one = list?.ALL.find(({ sign }) => sign === id);
    if (list && one) return { id, label: list.nameOf(one, locale.value), mark: id, hint: `:${one.name}` };
    const agent = pool.agent.get(id);
    const state = agent?.availability.state ?? 'offline';
    return { id, label: agent?.name ?? '', dot: state, hint: t(`presence.states.${state}`) };
  }
  return { values, signs, offers, choiceOf };
}
