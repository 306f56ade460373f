import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { api, Problem } from '../../api/client';
import type { HappeningOut, TimelinePage } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useHeld } from '../../live/holding';
import { onReload } from '../../live/load';

const LIMIT = 30;
const SOON = 1000;

/** What there was with a contact, newest first. Rows are shown as the pool has them; new ones are asked for when something moves. */
export function useTimeline(contactId: Ref<string>) {
  const items = shallowRef<readonly HappeningOut[] | null>(null);
  const next = ref<string | null>(null);
  const problem = shallowRef<Problem | null>(null);
  const loading = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function fetchPage(cursor?: string): Promise<void> {
    const id = contactId.value;
    loading.value = true;
    try {
      const page = await api.get<TimelinePage>(`/api/contacts/${encodeURIComponent(id)}/timeline`, { limit: LIMIT, cursor });
      if (id !== contactId.value) return;
      const conversation = page.items.flatMap((item) => (item.conversation ? [item.conversation] : []));
      const record = page.items.flatMap((item) => (item.record ? [item.record] : []));
      apply({ upsert: { conversation, record } }, 'list');
      // A first page that is fetched again leaves the older ones in place.
      const known = new Set(page.items.map(keyOf));
      const others = (items.value ?? []).filter((item) => !known.has(keyOf(item)));
      if (cursor) items.value = [...others, ...page.items];
      else items.value = next.value !== null || !page.next ? page.items : [...page.items, ...others];
      next.value = page.next;
      problem.value = null;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = error;
    } finally {
      loading.value = false;
    }
  }

  const load = () => fetchPage();
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void load();
    }, SOON);
  }

  const theirs = computed(() => {
    const id = contactId.value;
    const talks = [...pool.conversation.values()].filter((row) => row.contact_id === id).map((row) => row.id);
    const records = [...pool.record.values()].filter((row) => row.contact_id === id).map((row) => row.id);
    return [...talks, ...records].sort().join(' ');
  });
  useHeld(() => [...pool.conversation.values()].filter((row) => row.contact_id === contactId.value).map((row) => row.id));
  watch([theirs, () => pool.contact.get(contactId.value)], soon);
  watch(contactId, () => ((items.value = null), (next.value = null), void load()), { immediate: true });
  onScopeDispose(onReload(load));
  onScopeDispose(() => clearTimeout(timer));

  const rows = computed(() =>
    (items.value ?? []).map((item) => ({
      key: keyOf(item),
      at: item.at,
      conversation: item.conversation && (pool.conversation.get(item.conversation.id) ?? item.conversation),
      record: item.record && (pool.record.get(item.record.id) ?? item.record),
    })),
  );
  const more = () => (next.value ? fetchPage(next.value) : Promise.resolve());
  return { rows, loaded: computed(() => items.value !== null), next, problem, loading, load, more };
}

function keyOf(item: HappeningOut): string {
  return item.conversation?.id ?? item.record?.id ?? item.at;
}
