import { computed, nextTick, type Ref, type ShallowRef } from 'vue';
import { may, me } from '../session';
import type { RecordEditor } from './editor';

const FIELDS = '[aria-invalid="true"], select, textarea, input';

/** Where the agent has to do something first: a field to fill, or a conflict to decide. */
const IN_THE_WAY = '[aria-invalid="true"], .conflict button';

/** Complete and reopen, with the focus brought to what is missing. */
export function useCompletion(editor: ShallowRef<RecordEditor>, form: Ref<HTMLElement | undefined>, completed: () => void) {
  /** One's own records, or anybody's for those who look after others. The server decides in the end. */
  const mayEdit = computed(() => {
    const own = me.value !== null && me.value.id === editor.value.record.value?.handler_id;
    return may('record.edit_all') || (own && may('record.edit'));
  });

  async function complete(): Promise<void> {
    if (editor.value.record.value?.state === 'completed' || !mayEdit.value) return;
    if (await editor.value.complete()) {
      completed();
    } else {
      await nextTick();
      form.value?.querySelector<HTMLElement>(IN_THE_WAY)?.focus();
    }
  }

  function focus(): void {
    form.value?.querySelector<HTMLElement>(FIELDS)?.focus();
  }

  return { mayEdit, complete, focus };
}
