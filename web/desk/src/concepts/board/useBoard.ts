import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue';
import { api } from '../../api/client';
import type { AgentOut, BoardOut, BoardTalkOut, DayOut } from '../../api/types';
import { pool } from '../../live/entities';
import { onReload } from '../../live/load';

/** No more often than this the snapshot is fetched, however much happens. */
const EVERY = 1000;
const DAY_EVERY = 60_000;

/** The board of all teams or one: a snapshot that is fetched anew when the live connection tells of a conversation or an agent. */
export function useBoard(teamId: Ref<string>) {
  const board = ref<BoardOut | null>(null);
  const day = ref<DayOut | null>(null);
  const problem = ref<unknown>(null);
  let fetching = false;
  let wanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function refresh(): Promise<void> {
    if (fetching) {
      wanted = true;
      return;
    }
    fetching = true;
    wanted = false;
    try {
      board.value = await api.get<BoardOut>('/api/board');
      problem.value = null;
    } catch (error) {
      problem.value = error;
    } finally {
      fetching = false;
      timer = setTimeout(() => {
        timer = undefined;
        if (wanted) void refresh();
      }, EVERY);
    }
  }

  function soon(): void {
    if (timer === undefined) void refresh();
    else wanted = true;
  }

  async function loadDay(): Promise<void> {
    try {
      day.value = await api.get<DayOut>('/api/board/day', { team_id: teamId.value || undefined });
    } catch {
      // The charts keep what they had; the figures say when the server cannot be reached.
    }
  }

  watch([() => [...pool.conversation.values()], () => [...pool.agent.values()]], soon);
  watch(teamId, () => void loadDay());
  void refresh();
  void loadDay();
  const ticking = setInterval(() => void loadDay(), DAY_EVERY);
  onBeforeUnmount(onReload(refresh));
  onBeforeUnmount(() => (clearTimeout(timer), clearInterval(ticking)));

  const queues = computed(() => (board.value?.queues ?? []).filter((queue) => !teamId.value || queue.team_id === teamId.value));
  const talks = computed<BoardTalkOut[]>(() => board.value?.conversations ?? []);
  const agents = computed<AgentOut[]>(() => {
    const shown = new Set(queues.value.map((queue) => queue.team_id));
    return [...pool.agent.values()].filter((agent) => agent.active && agent.team_ids.some((id) => shown.has(id)));
  });

  return { board, day, problem, queues, talks, agents, refresh };
}
