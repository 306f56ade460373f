import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import { api, Problem } from '../../api/client';
import type { RatedOut, RatedPage, SatisfactionReport } from '../../api/types';
import { beginOf, isPeriod, type Period } from './periods';

const ADDRESS = '/api/reports/satisfaction';
const one = (value: LocationQuery[string] | undefined) => (typeof value === 'string' ? value : '');

export interface RatingFilters {
  period: Period;
  agent: string;
  category: string;
}

/** What contacts thought: the figures and what was written; what it is narrowed to is kept in the address. */
export function useRatings() {
  const route = useRoute();
  const router = useRouter();
  const report = shallowRef<SatisfactionReport | null>(null);
  const rows = shallowRef<readonly RatedOut[]>([]);
  const next = ref<string | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const loading = ref(false);
  let request: AbortController | null = null;

  const filters = computed<RatingFilters>(() => ({
    period: isPeriod(route.query.period) ? route.query.period : 'month',
    agent: one(route.query.agent),
    category: one(route.query.category),
  }));
  const asked = computed(() => ({
    since: beginOf(filters.value.period, new Date()),
    agent_id: filters.value.agent,
    category_id: filters.value.category,
  }));

  async function load(cursor = ''): Promise<void> {
    request?.abort();
    const mine = (request = new AbortController());
    loading.value = true;
    problem.value = null;
    try {
      if (!cursor) report.value = await api.get<SatisfactionReport>(ADDRESS, asked.value, mine.signal);
      const page = await api.get<RatedPage>(`${ADDRESS}/rows`, { ...asked.value, cursor }, mine.signal);
      rows.value = cursor ? [...rows.value, ...page.items] : page.items;
      next.value = page.next;
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      problem.value = error;
    } finally {
      if (request === mine) loading.value = false;
    }
  }

  function set(changes: Partial<RatingFilters>): void {
    const { period, ...rest } = { ...filters.value, ...changes };
    const query = Object.entries({ period: period === 'month' ? '' : period, ...rest }).filter(([, value]) => value);
    void router.replace({ query: Object.fromEntries(query) });
  }
  const fileAt = (format: 'csv' | 'jsonl') => {
    const given = Object.entries({ ...asked.value, format }).filter((pair): pair is [string, string] => Boolean(pair[1]));
    return `${ADDRESS}/export?${new URLSearchParams(given).toString()}`;
  };

  const here = route.name;
  watch(filters, () => route.name === here && void load(), { immediate: true });
  onScopeDispose(() => request?.abort());
  return { report, rows, next, problem, loading, filters, set, load, more: () => load(next.value ?? ''), fileAt };
}
