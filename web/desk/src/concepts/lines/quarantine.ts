import { computed, ref, shallowRef } from 'vue';
import { api } from '../../api/client';
import type { PayloadDetailOut, PayloadOut, PayloadPage } from '../../api/types';

/** What waits in quarantine, the newest first; and what is decided about it. */
export function useQuarantine() {
  const items = shallowRef<readonly PayloadOut[]>([]);
  const more = ref<string | null>(null);
  const loaded = ref(false);
  const busy = ref(false);
  const problem = shallowRef<unknown>(null);
  const shown = shallowRef<PayloadDetailOut | null>(null);
  const isShown = computed({ get: () => shown.value !== null, set: (open) => open || (shown.value = null) });

  async function attempt(run: () => Promise<void>): Promise<void> {
    problem.value = null;
    busy.value = true;
    try {
      await run();
    } catch (error) {
      problem.value = error;
    } finally {
      busy.value = false;
    }
  }

  const load = (further = false) =>
    attempt(async () => {
      const page = await api.get<PayloadPage>('/api/quarantine', { cursor: further ? more.value : null });
      items.value = further ? [...items.value, ...page.items] : page.items;
      more.value = page.next;
      loaded.value = true;
    });

  const look = (id: string) => attempt(async () => void (shown.value = await api.get<PayloadDetailOut>(`/api/quarantine/${id}`)));

  const decide = (what: 'release' | 'dismiss') =>
    attempt(async () => {
      const id = shown.value!.id;
      shown.value = null;
      await api.post(`/api/quarantine/${id}/${what}`);
      items.value = items.value.filter((one) => one.id !== id);
    });

  void load();
  return { items, more, loaded, problem, shown, isShown, busy, load, look, decide };
}
