import { nextTick, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { api, Problem } from '../../api/client';
import type { Upsert } from '../../api/types';
import { apply } from '../../live/apply';
import { toast, useProblemText } from '../../ui';
import type { Resource } from './schema';

interface Placed {
  id: string;
  position: number;
}

/** Puts rows of a list into another order: shown at once, then stored, the whole list or nothing. */
export function useOrder(resource: Resource, all: () => readonly Placed[], siblingsOf: (id: string) => readonly Placed[], list: Ref<HTMLElement | undefined>) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const dragged = ref<string | null>(null);
  const over = ref<string | null>(null);
  const told = ref('');
  let busy = Promise.resolve();

  const show = (rows: readonly Placed[]) => apply({ upsert: { [resource.kind]: rows } as Upsert });

  function place(id: string, at: number): void {
    const before = siblingsOf(id);
    const from = before.findIndex((row) => row.id === id);
    if (from < 0 || at < 0 || at >= before.length || at === from) return;
    const rows = before.filter((row) => row.id !== id);
    rows.splice(at, 0, before[from]!);
    show(rows.map((row, position) => ({ ...row, position })));
    told.value = t('settings.moved', { n: at + 1, of: before.length });
    busy = busy.then(() => store(all().map((row) => row.id), before));
  }

  async function store(ids: readonly string[], before: readonly Placed[]): Promise<void> {
    try {
      await api.put(`${resource.path}/order`, { ids });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      show(before);
      toast(problemText(error), { tone: 'bad' });
    }
  }

  async function move(id: string, step: 1 | -1): Promise<void> {
    place(id, siblingsOf(id).findIndex((row) => row.id === id) + step);
    await nextTick();
    list.value?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] .set-grip`)?.focus();
  }

  /** Whether what is dragged may be put before this row: only among its own. */
  function mayDrop(id: string): boolean {
    return dragged.value !== null && dragged.value !== id && siblingsOf(dragged.value).some((row) => row.id === id);
  }

  function drop(id: string): void {
    if (dragged.value && mayDrop(id)) {
      place(dragged.value, siblingsOf(dragged.value).findIndex((row) => row.id === id));
    }
    dragged.value = over.value = null;
  }

  return { dragged, over, told, move, mayDrop, drop };
}
