import { computed, onBeforeUnmount, onMounted, ref, watch } from 'vue';
import { api } from '../../api/client';
import type { QueueOut } from '../../api/types';
import { pool } from '../../live/entities';
import { onReload } from '../../live/load';
import { session } from '../session';
import { wholeQueueKnown } from './inbox';

const SOON = 250;
const AT_MOST_EVERY = 2000;

/** How many wait for a team, and since when, by what the pool knows. */
function countOf(teamId: string): Pick<QueueOut, 'waiting' | 'oldest'> {
  const since = [...pool.conversation.values()]
    .filter((one) => one.state === 'waiting' && one.team_id === teamId)
    .map((one) => one.queued_at ?? one.created_at);
  return { waiting: since.length, oldest: since.sort()[0] ?? null };
}

const answered = ref<QueueOut[]>([]);
const answeredFor = ref('');

/** The queues of my teams as they were told last; while the whole queue is in the pool, it is counted there. */
export const knownQueues = computed<QueueOut[]>(() => {
  if (answeredFor.value !== session.agentId) return [];
  return wholeQueueKnown.value ? answered.value.map((queue) => ({ ...queue, ...countOf(queue.team_id) })) : answered.value;
});

/**
 * The queues of my teams. The server is asked again whenever who is waiting has changed; as long as the whole queue is
 * in the pool, it is counted there and so never late.
 */
export function useQueues() {
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    asked = Date.now();
    try {
      answered.value = await api.get<QueueOut[]>('/api/queues');
      answeredFor.value = session.agentId;
    } catch {
      // The live mark already says that we are cut off; the counts come back with the connection.
    }
  }

  const waiting = computed(() =>
    [...pool.conversation.values()]
      .filter((one) => one.state === 'waiting')
      .map((one) => `${one.id}${one.team_id}`)
      .join(),
  );
  const stopWatch = watch(waiting, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), Math.max(SOON, asked + AT_MOST_EVERY - Date.now()));
  });
  const stopReload = onReload(load);
  onMounted(() => void load());
  onBeforeUnmount(() => {
    stopWatch();
    stopReload();
    clearTimeout(timer);
  });
  return knownQueues;
}
