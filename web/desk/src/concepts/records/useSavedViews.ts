import { computed, onMounted, ref, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { api, Problem } from '../../api/client';
import type { SavedViewOut } from '../../api/types';
import { toast, useProblemText } from '../../ui';
import { toQuery, type RecordFilters } from './filters';

/** Filters and order as they stand in an address, always in the same words, so that two can be compared. */
export function asText(filters: RecordFilters): string {
  const said = Object.entries(toQuery(filters)).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]));
  return new URLSearchParams(said).toString();
}

/** The views of the list that one saved, and those for everybody. They are asked for anew whenever the page is opened. */
export function useSavedViews(filters: () => RecordFilters) {
  const router = useRouter();
  const problemText = useProblemText();
  const views = shallowRef<readonly SavedViewOut[]>([]);
  const busy = ref(false);
  const problem = ref('');
  const current = computed(() => views.value.find((view) => view.query === asText(filters())));

  async function load(): Promise<void> {
    views.value = await api.get<SavedViewOut[]>('/api/saved-views').catch(() => views.value);
  }

  function open(view: SavedViewOut): void {
    const query: Record<string, string[]> = {};
    for (const [name, value] of new URLSearchParams(view.query)) (query[name] ??= []).push(value);
    void router.push({ query });
  }

  async function save(name: string, shared: boolean): Promise<boolean> {
    busy.value = true;
    problem.value = '';
    try {
      await api.post('/api/saved-views', { name: name.trim(), query: asText(filters()), shared });
      await load();
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = problemText(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  async function remove(view: SavedViewOut): Promise<void> {
    try {
      await api.delete(`/api/saved-views/${view.id}`);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      toast(problemText(error), { tone: 'bad' });
    }
    await load();
  }

  onMounted(load);
  return { views, current, busy, problem, open, save, remove };
}
