import { ref, watch, type Ref } from 'vue';
import { api, Problem } from '../../api/client';
import type { MergeOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { toast, useProblemText } from '../../ui';

/** They are several after all. */
export async function undoMerge(id: string): Promise<void> {
  const merge = await api.post<MergeOut>(`/api/contact-merges/${encodeURIComponent(id)}/undo`);
  apply({ upsert: { contact: [merge.contact] } });
}

/** What was merged into a contact; fetched anew whenever the contact changes. */
export function useMerges(contactId: Ref<string>) {
  const problemText = useProblemText();
  const merges = ref<MergeOut[]>([]);
  const busy = ref('');

  async function load(): Promise<void> {
    const id = contactId.value;
    try {
      const found = await api.get<MergeOut[]>(`/api/contacts/${encodeURIComponent(id)}/merges`);
      if (id === contactId.value) merges.value = found;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      merges.value = [];
    }
  }

  async function undo(id: string): Promise<void> {
    busy.value = id;
    try {
      await undoMerge(id);
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    } finally {
      busy.value = '';
    }
  }

  watch([contactId, () => pool.contact.get(contactId.value)], () => void load(), { immediate: true });
  return { merges, busy, undo };
}
