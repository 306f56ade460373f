import { ref } from 'vue';
import { api, Problem } from '../../api/client';
import type { BrowserOut } from '../../api/types';

/** The browsers one is signed in with. */
export function useBrowsers() {
  const browsers = ref<BrowserOut[]>([]);
  const problem = ref<Problem | null>(null);
  const busy = ref(false);

  /** What is shown afterwards is what the server still knows: a browser may have left meanwhile by itself. */
  async function attempt(run?: () => Promise<unknown>): Promise<void> {
    busy.value = true;
    problem.value = null;
    try {
      await run?.();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code !== 'not_found') problem.value = error;
    }
    try {
      browsers.value = await api.get<BrowserOut[]>('/api/me/sessions');
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value ??= error;
    } finally {
      busy.value = false;
    }
  }

  const end = (id: string) => attempt(() => api.delete(`/api/me/sessions/${encodeURIComponent(id)}`));
  const endOthers = () => attempt(() => api.delete('/api/me/sessions'));
  void attempt();
  return { browsers, problem, busy, end, endOthers };
}
