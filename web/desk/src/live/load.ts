import { computed, ref } from 'vue';
import { api, Problem } from '../api/client';
import type { Upsert } from '../api/types';
import { beginList } from './apply';

/** Short lists that every screen reads; kept whole and corrected by the live connection. */
const LISTS: Partial<Record<keyof Upsert, string>> = {
  agent: '/api/agents',
  role: '/api/roles',
  team: '/api/teams',
  channel: '/api/channels',
  category: '/api/channel-categories',
  owner: '/api/owners',
  result: '/api/results',
  reason: '/api/reasons',
  break_reason: '/api/break-reasons',
  draft: '/api/drafts',
  mention: '/api/mentions',
};

/** Counts how often everything was begun anew: with each session, and when one may see other things than before. */
export const round = ref(1);
const cameIn = ref(0);
/** Whether the short lists have come in this round: until then an empty one says nothing. */
export const listsCame = computed(() => cameIn.value === round.value);

/** Whether the server answered, be it that it refuses some of them to one's role. */
export async function loadLists(): Promise<boolean> {
  const asked = round.value;
  const came = await Promise.allSettled(
    Object.entries(LISTS).map(async ([kind, path]) => {
      const whole = beginList(kind as keyof Upsert);
      whole(await api.get<{ id: string }[]>(path));
    }),
  );
  const answered = came.every((list) => list.status === 'fulfilled' || !(list.reason instanceof Problem && list.reason.unreachable));
  if (answered) cameIn.value = asked;
  return answered;
}

/** Screens that hold lists of versioned rows fetch them again after a gap that could not be resumed. */
const reloads = new Set<() => Promise<unknown>>();
let begun = false;

export function onReload(run: () => Promise<unknown>): () => void {
  reloads.add(run);
  return () => reloads.delete(run);
}

/** Whether the first round is over or under way; a screen that comes later fetches its own list at once. */
export function reloadHasBegun(): boolean {
  return begun;
}

/** Whether the short lists are whole; screens say themselves what they miss. */
export async function reloadEverything(): Promise<boolean> {
  begun = true;
  const [answered] = await Promise.all([loadLists(), Promise.allSettled([...reloads].map((run) => run()))]);
  return answered;
}
