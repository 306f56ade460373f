import { computed, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { ConversationOut } from '../../api/types';
import { pool } from '../../live/entities';
import { toast, useFormat } from '../../ui';
import { inboxKnown } from '../conversations';
import { may, session } from '../session';

/** What was told longer ago is no news, though this desk learns of it only now. */
const FRESH = 15_000;

/** What the server has told of a contact who waits: the agent in charge, or the supervisors. */
const tellings = (one: ConversationOut): string | null =>
  one.state !== 'active' ? null : one.agent_id === session.agentId ? one.agent_reminded_at : may('conversation.read_all') ? one.escalated_at : null;

/** Says which of my contacts waits for an answer too long; to supervisors, which of everybody's. */
export function useLateNotices(): void {
  const { t } = useI18n();
  const format = useFormat();
  const router = useRouter();
  // The first list is not news.
  const late = computed(() =>
    inboxKnown.value ? new Map([...pool.conversation.values()].map((one) => [one.id, tellings(one)])) : null,
  );

  function say(one: ConversationOut): void {
    const wait = format.wait(Math.max(0, (Date.now() - Date.parse(one.waiting_since ?? one.last_at)) / 1000));
    const words = { name: one.contact_name || t('conversations.visitor'), agent: pool.agent.get(one.agent_id ?? '')?.name ?? '', wait };
    const text = t(one.agent_id === session.agentId ? 'conversations.lateAgent' : 'conversations.lateOther', words);
    toast(text, { tone: 'bad', action: { label: t('conversations.show'), run: () => void router.push({ name: 'inbox', params: { view: 'mine', id: one.id } }) } });
  }

  watch(late, (now, before) => {
    for (const [id, at] of now && before ? now : []) {
      const one = pool.conversation.get(id);
      if (one && at && before?.get(id) !== at && Date.parse(at) > Date.now() - FRESH) say(one);
    }
  });
}
