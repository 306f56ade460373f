import { ref, shallowRef } from 'vue';
import { api, Problem } from '../../api/client';
import type { BrowserOut } from '../../api/types';
import { may } from '../session';

/** Where an agent is signed in; ended all at once. */
export function useAgentSessions(id: string) {
  const path = `/api/agents/${encodeURIComponent(id)}/sessions`;
  const sessions = shallowRef<readonly BrowserOut[] | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);

  async function attempt(run: () => Promise<void>): Promise<void> {
    busy.value = true;
    try {
      await run();
      problem.value = null;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = error;
    } finally {
      busy.value = false;
    }
  }

  async function load(): Promise<void> {
    sessions.value = await api.get<BrowserOut[]>(path);
  }

  const end = () =>
    attempt(async () => {
      await api.delete(path);
      await load();
    });

  if (may('people.manage')) void attempt(load);
  return { sessions, problem, busy, end };
}
