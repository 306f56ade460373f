import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { api, Problem } from '../../api/client';
import type { ContactOut, Page } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useHeld } from '../../live/holding';

/** Fetches one contact when it is not known yet. One that may not be seen stays unknown. */
export async function loadContact(id: string): Promise<void> {
  if (pool.contact.has(id)) return;
  try {
    apply({ upsert: { contact: [await api.get<ContactOut>(`/api/contacts/${encodeURIComponent(id)}`)] } }, 'list');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}

/** Finds contacts as one types; an empty question lists them from the start. Nothing is asked before `search` is called. */
export function useContactSearch(limit = 20) {
  const query = ref('');
  const ids = shallowRef<readonly string[]>([]);
  useHeld(() => ids.value);
  const searching = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let request: AbortController | null = null;

  async function search(): Promise<void> {
    request?.abort();
    const mine = (request = new AbortController());
    searching.value = true;
    try {
      const page = await api.get<Page<ContactOut>>('/api/contacts', { q: query.value.trim(), limit }, mine.signal);
      apply({ upsert: { contact: page.items } }, 'list');
      ids.value = page.items.map((contact) => contact.id);
    } catch (error) {
      if (mine.signal.aborted) return;
      if (!(error instanceof Problem)) throw error;
      ids.value = [];
    } finally {
      if (request === mine) searching.value = false;
    }
  }

  watch(query, (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(), text ? 200 : 0);
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    request?.abort();
  });

  const found = computed(() => ids.value.map((id) => pool.contact.get(id)).filter((row): row is ContactOut => row !== undefined && !row.merged_into_id));
  return { query, found, searching, search };
}
