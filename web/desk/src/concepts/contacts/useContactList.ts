import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { api, Problem } from '../../api/client';
import type { ContactOut, Page } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useHeld } from '../../live/holding';
import { onReload } from '../../live/load';

const LIMIT = 50;

/** Contacts found by what stands in the address; more of them come at the end. */
export function useContactList() {
  const route = useRoute();
  const router = useRouter();
  const here = route.name;
  const ids = shallowRef<readonly string[]>([]);
  useHeld(() => ids.value);
  const next = ref<string | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const loaded = ref(false);
  const loading = ref(false);
  let request: AbortController | null = null;

  const q = computed(() => (typeof route.query.q === 'string' ? route.query.q : ''));
  const sort = computed(() => (route.query.sort === 'newest' ? 'newest' : 'name'));
  const rows = computed(() => ids.value.map((id) => pool.contact.get(id)).filter((row): row is ContactOut => row !== undefined && !row.merged_into_id));

  async function fetchPage(cursor = ''): Promise<void> {
    request?.abort();
    const mine = (request = new AbortController());
    loading.value = true;
    try {
      const page = await api.get<Page<ContactOut>>('/api/contacts', { q: q.value, sort: sort.value, limit: LIMIT, cursor }, mine.signal);
      apply({ upsert: { contact: page.items } }, 'list');
      const found = page.items.map((contact) => contact.id);
      ids.value = cursor ? [...new Set([...ids.value, ...found])] : found;
      next.value = page.next;
      problem.value = null;
      loaded.value = true;
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      problem.value = error;
    } finally {
      if (request === mine) loading.value = false;
    }
  }

  function find(text: string): void {
    const wanted = text.trim();
    if (wanted !== q.value) void router.replace({ query: { ...route.query, q: wanted || undefined } });
  }
  function order(by: 'name' | 'newest'): void {
    void router.replace({ query: { ...route.query, sort: by === 'newest' ? by : undefined } });
  }

  watch([q, sort], () => route.name === here && void fetchPage(), { immediate: true });
  onScopeDispose(onReload(() => fetchPage()));
  onScopeDispose(() => request?.abort());

  const more = () => (next.value ? fetchPage(next.value) : Promise.resolve());
  return { q, sort, order, rows, next, problem, loaded, loading, find, more, reload: () => fetchPage() };
}
