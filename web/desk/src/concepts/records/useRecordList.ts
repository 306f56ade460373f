import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { api, Problem } from '../../api/client';
import type { Page, RecordOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
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
  const problem = shallowRef<Problem | null>(null);
  const loaded = ref(false);
  const loading = ref(false);
  /** The places passed on the way down; the server only pages one way. */
  const passed: string[] = [];
  let request: AbortController | null = null;

  const filters = computed(() => fromQuery(route.query));
  const cursor = computed(() => (typeof route.query.after === 'string' ? route.query.after : ''));
  const rows = computed(() => ids.value.map((id) => pool.record.get(id)).filter((row): row is RecordOut => row !== undefined));

  async function fetchPage(): Promise<void> {
    request?.abort();
    const mine = (request = new AbortController());
    loading.value = true;
    try {
      const query = { ...toParams(filters.value, new Date()), limit: LIMIT, cursor: cursor.value };
      const page = await api.get<Page<RecordOut>>('/api/records', query, mine.signal);
      apply({ upsert: { record: page.items } }, 'list');
      ids.value = lastList.value = page.items.map((row) => row.id);
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

  function setFilters(changes: Partial<RecordFilters>): void {
    passed.length = 0;
    void router.replace({ query: toQuery({ ...filters.value, ...changes }) });
  }

  function older(): void {
    if (!next.value || loading.value) return;
    passed.push(cursor.value);
    void router.push({ query: { ...toQuery(filters.value), after: next.value } });
  }

  function newer(): void {
    if (!cursor.value) return;
    const after = passed.pop();
    void router.push({ query: { ...toQuery(filters.value), ...(after ? { after } : {}) } });
  }

  // The place in the list belongs to this page only: another page's address is not a filter.
  const here = route.name;
  watch([filters, cursor], () => route.name === here && void fetchPage(), { immediate: true });
  onScopeDispose(onReload(fetchPage));
  onScopeDispose(() => request?.abort());

  return { filters, rows, cursor, next, problem, loaded, loading, setFilters, older, newer, reload: fetchPage };
}
