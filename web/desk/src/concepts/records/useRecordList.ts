import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { api, Problem, type Query } from '../../api/client';
import type { RecordOut, RecordPage } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useHeld } from '../../live/holding';
import { onReload } from '../../live/load';
import { fromQuery, toParams, toQuery, type RecordFilters } from './filters';

const LIMIT = 50;

/** The list last looked at, so that a record's page can step to its neighbours. */
export const lastList = shallowRef<readonly string[]>([]);

/** One page of service records. Filters and place are kept in the address; the rows come from the pool and stay live. */
export function useRecordList() {
  const route = useRoute();
  const router = useRouter();
  const ids = shallowRef<readonly string[]>([]);
  const next = ref<string | null>(null);
  const previous = ref<string | null>(null);
  useHeld(() => ids.value);
  /** How many there are in all, where that is known yet; counted after the page is shown. */
  const count = ref<number | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const loaded = ref(false);
  const loading = ref(false);
  let request: AbortController | null = null;
  let counted = '';

  const filters = computed(() => fromQuery(route.query));
  const cursor = computed(() => (typeof route.query.at === 'string' ? route.query.at : ''));
  const rows = computed(() => ids.value.map((id) => pool.record.get(id)).filter((row): row is RecordOut => row !== undefined));

  async function fetchPage(): Promise<void> {
    request?.abort();
    const mine = (request = new AbortController());
    loading.value = true;
    try {
      const asked = toParams(filters.value, new Date());
      let page = await api.get<RecordPage>('/api/records', { ...asked, limit: LIMIT, cursor: cursor.value }, mine.signal);
      // The server looks through so much at once; where it found nothing it says where to look on.
      while (!page.items.length && page.next)
        page = await api.get<RecordPage>('/api/records', { ...asked, limit: LIMIT, cursor: page.next }, mine.signal);
      apply({ upsert: { record: page.items } }, 'list');
      ids.value = lastList.value = page.items.map((row) => row.id);
      next.value = page.next;
      previous.value = page.previous;
      problem.value = null;
      loaded.value = true;
      loading.value = false; // One may turn the page while it is still being counted.
      await countAll(asked, page, mine.signal);
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      problem.value = error;
    } finally {
      if (request === mine) loading.value = false;
    }
  }

  async function countAll(asked: Query, page: RecordPage, signal: AbortSignal): Promise<void> {
    const key = JSON.stringify(asked);
    if (!page.next && !page.previous) count.value = page.items.length;
    else if (key !== counted) count.value = (await api.get<RecordPage>('/api/records', { ...asked, limit: 1, count: true }, signal)).count;
    counted = key;
  }

  function setFilters(changes: Partial<RecordFilters>): void {
    void router.replace({ query: toQuery({ ...filters.value, ...changes }) });
  }

  function older(): void {
    if (!next.value || loading.value) return;
    void router.push({ query: { ...toQuery(filters.value), at: next.value } });
  }

  function newer(): void {
    if (!previous.value || loading.value) return;
    void router.push({ query: { ...toQuery(filters.value), at: previous.value } });
  }

  // The place in the list belongs to this page only: another page's address is not a filter.
  const here = route.name;
  watch([filters, cursor], () => route.name === here && void fetchPage(), { immediate: true });
  onScopeDispose(onReload(fetchPage));
  onScopeDispose(() => request?.abort());

  return { filters, rows, next, previous, count, problem, loaded, loading, setFilters, older, newer, reload: fetchPage };
}
