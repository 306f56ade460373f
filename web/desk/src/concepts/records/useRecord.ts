import { onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { hold } from '../../live/holding';
import { session } from '../session';
import { recordEditor, type RecordEditor } from './editor';

/** The editors in use, and those left with words that could not be saved yet. */
const editors = new Map<string, { editor: RecordEditor; users: number }>();

hold(() => editors.keys());

function enter(id: string): RecordEditor {
  const held = editors.get(id) ?? { editor: recordEditor(id), users: 0 };
  held.users += 1;
  editors.set(id, held);
  void held.editor.load();
  return held.editor;
}

function leave(id: string): void {
  const held = editors.get(id);
  if (!held) return;
  held.users -= 1;
  void held.editor.save().finally(() => {
    if (held.users > 0 || held.editor.hasUnsaved.value) return;
    held.editor.close();
    if (editors.get(id) === held) editors.delete(id);
  });
}

/** What one agent wrote is nothing for the next one at the same computer. */
watch(
  () => session.at,
  (at) => {
    if (at === 'in') return;
    for (const { editor } of editors.values()) editor.close();
    editors.clear();
  },
  { flush: 'sync' },
);

/** One record with its form: load, save as one types, conflicts, complete, reopen. Follows the id. */
export function useRecord(id: MaybeRefOrGetter<string>) {
  const editor = shallowRef(enter(toValue(id)));
  watch(
    () => toValue(id),
    (wanted) => {
      leave(editor.value.id);
      editor.value = enter(wanted);
    },
    { flush: 'sync' },
  );

  // A phone that goes to sleep or a tab that is closed does not come back to a timer.
  const saveWhenHidden = () => {
    if (document.visibilityState === 'hidden') void editor.value.save();
  };
  document.addEventListener('visibilitychange', saveWhenHidden);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', saveWhenHidden);
    leave(editor.value.id);
  });

  return editor;
}
