import { ref } from 'vue';
import { api, Problem } from '../../api/client';
import type { TokenCreatedOut, TokenOut } from '../../api/types';

/** One's own API tokens. The secret of a new one is held here only until the page is left. */
export function useTokens() {
  const tokens = ref<TokenOut[]>([]);
  const created = ref<TokenCreatedOut | null>(null);
  const loaded = ref(false);
  const busy = ref(false);
  const problem = ref<Problem | null>(null);

  async function attempt(run: () => Promise<void>): Promise<boolean> {
    busy.value = true;
    problem.value = null;
    try {
      await run();
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = error;
      return false;
    } finally {
      busy.value = false;
    }
  }

  const load = () =>
    attempt(async () => {
      tokens.value = await api.get<TokenOut[]>('/api/tokens');
      loaded.value = true;
    });

  const create = (name: string) =>
    attempt(async () => {
      const { token, ...row } = await api.post<TokenCreatedOut>('/api/tokens', { name });
      created.value = { ...row, token };
      tokens.value = [...tokens.value, row];
    });

  const revoke = (id: string) =>
    attempt(async () => {
      await api.delete(`/api/tokens/${encodeURIComponent(id)}`);
      tokens.value = tokens.value.filter((token) => token.id !== id);
      if (created.value?.id === id) created.value = null;
    });

  void load();
  return { tokens, created, loaded, busy, problem, load, create, revoke };
}
