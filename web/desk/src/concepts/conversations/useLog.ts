import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue';
import { api } from '../../api/client';
import type { ConversationOut, MessageOut, MessagePage } from '../../api/types';
import { apply, unbrokenUpTo } from '../../live/apply';
import { pool } from '../../live/entities';
import { onReload } from '../../live/load';
import { session } from '../session';
import { unreadMentions } from './mentions';

const PAGE = 100;
/** The live connection may have brought the newest few already; with fewer than these one lacks what was said before. */
const ENOUGH = 30;

/** The messages of one conversation: loaded from the end, kept without holes, marked as seen while they are on the screen. */
export function useLog(conversation: Ref<ConversationOut>) {
  const problem = ref<unknown>(null);
  const loading = ref(false);
  const atEnd = ref(true);
  const seenUpTo = ref(0);
  const id = computed(() => conversation.value.id);
  const messages = computed(() =>
    (pool.log.get(id.value) ?? []).map((one) => pool.message.get(one)).filter((one): one is MessageOut => one !== undefined),
  );
  const firstSeq = computed(() => messages.value[0]?.seq ?? 0);
  const hasOlder = computed(() => firstSeq.value > 1);

  async function fetchPage(query: Record<string, number>): Promise<MessagePage | null> {
    loading.value = true;
    try {
      const page = await api.get<MessagePage>(`/api/conversations/${id.value}/messages`, { ...query, limit: PAGE });
      apply({ upsert: { message: page.items } }, 'list');
      problem.value = null;
      return page;
    } catch (error) {
      problem.value = error;
      return null;
    } finally {
      loading.value = false;
    }
  }

  const loadOlder = () => fetchPage({ before: firstSeq.value || conversation.value.last_seq + 1 });

  /** From the last message that nothing is missing before, up to the newest. */
  async function catchUp(): Promise<void> {
    if (!messages.value.length) {
      await loadOlder();
      return;
    }
    if (hasOlder.value && messages.value.length < ENOUGH) await loadOlder();
    let more = unbrokenUpTo(id.value) < conversation.value.last_seq;
    while (more) more = (await fetchPage({ after: unbrokenUpTo(id.value) }))?.more ?? false;
  }

  // A message travels with its conversation; only if it does not come by itself it is asked for.
  const missing = computed(() => unbrokenUpTo(id.value) < conversation.value.last_seq);
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch([missing, () => conversation.value.last_seq], ([isMissing]) => {
    clearTimeout(timer);
    if (isMissing) timer = setTimeout(() => void catchUp(), 400);
  });
  watch(id, () => void catchUp(), { immediate: true });
  onBeforeUnmount(onReload(catchUp));
  onBeforeUnmount(() => clearTimeout(timer));

  const visible = ref(document.visibilityState === 'visible');
  const look = () => (visible.value = document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', look);
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', look));

  watch(id, () => ((seenUpTo.value = 0), (atEnd.value = true)));
  watch(
    [() => messages.value.at(-1)?.seq ?? 0, atEnd, visible],
    ([newest, end, shown]) => {
      if (end && shown) seenUpTo.value = Math.max(seenUpTo.value, newest);
    },
    { immediate: true },
  );
  watch(
    [seenUpTo, () => conversation.value.unread > 0 || conversation.value.woken_at !== null, () => unreadMentions.value.has(id.value)],
    ([seq, news, mentioned]) => {
      if (seq > 0 && ((news && conversation.value.agent_id === session.agentId) || mentioned)) void tellSeen(seq);
    },
    { immediate: true },
  );

  async function tellSeen(seq: number): Promise<void> {
    try {
      apply({ upsert: { conversation: [await api.post<ConversationOut>(`/api/conversations/${id.value}/seen`, { seq })] } });
    } catch {
      // Told again with the next message; until then the count simply stays.
    }
  }

  return { messages, loading, problem, atEnd, seenUpTo, hasOlder, loadOlder, catchUp };
}
