import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { api, Problem } from '../../api/client';
import type { MergeOut, MergePreview } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useHeld } from '../../live/holding';
import { toast, useFormat, useProblemText } from '../../ui';
import { undoMerge } from './useMerges';

/** Contacts queued to be merged into one, and what that would make of it. */
export function useMerge(contactId: Ref<string>, done: () => void) {
  const { t } = useI18n();
  const format = useFormat();
  const problemText = useProblemText();
  const ids = ref<string[]>([]);
  const preview = shallowRef<MergePreview | null>(null);
  const problem = ref('');
  const busy = ref(false);
  let asked = 0;

  useHeld(() => ids.value);
  const queue = computed(() => ids.value.map((id) => ({ id, contact: pool.contact.get(id) })));
  const address = (what: string) => `/api/contacts/${encodeURIComponent(contactId.value)}/merge${what}`;

  async function look(): Promise<void> {
    const mine = (asked += 1);
    problem.value = '';
    if (!ids.value.length) return void (preview.value = null);
    try {
      const would = await api.post<MergePreview>(address('/preview'), { contact_ids: ids.value });
      if (mine === asked) preview.value = would;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      preview.value = null;
      problem.value = problemText(error);
    }
  }

  async function merge(): Promise<void> {
    if (busy.value || !ids.value.length) return;
    busy.value = true;
    try {
      const merged = await api.post<MergeOut>(address(''), { contact_ids: ids.value });
      apply({ upsert: { contact: [merged.contact] } });
      const names = format.list(merged.merged.map((one) => one.name));
      toast(t('contacts.merge.done', { names, name: merged.contact.name }), { undo: () => void undo(merged.id) });
      done();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problem.value = problemText(error);
    } finally {
      busy.value = false;
    }
  }

  async function undo(id: string): Promise<void> {
    try {
      await undoMerge(id);
      toast(t('contacts.merge.undone'));
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    }
  }

  const add = (id: string) => void (ids.value = [...new Set([...ids.value, id])]);
  const remove = (id: string) => void (ids.value = ids.value.filter((one) => one !== id));
  const begin = () => void ((ids.value = []), (problem.value = ''));
  watch(ids, look);
  return { ids, queue, preview, problem, busy, add, remove, begin, merge };
}
