import { api, Problem } from '../../api/client';
import type { RecordOut } from '../../api/types';
import { apply } from '../../live/apply';
import { FILLED_BY, isOfField, type EditorState, type Missing } from './editorState';
import type { FieldName, RecordFields } from './fields';

/** Ending a service and taking it up again. What is not stored yet is stored first. */
export function completion({ path, state, record, fields, hasUnsaved }: EditorState, save: () => Promise<void>) {
  function whatIsMissing(): Missing[] {
    const given = fields.value;
    const row = record.value;
    if (!row || !given) return [];
    const isEmpty = (value: RecordFields[FieldName]) => value === null || value.length === 0 || String(value).trim() === '';
    return row.requires.filter((field) => isEmpty(given[FILLED_BY[field]])).map((field) => ({ field, detail: '' }));
  }

  async function complete(): Promise<boolean> {
    state.missing = whatIsMissing();
    if (state.missing.length > 0 || state.working) return false;
    state.working = true;
    try {
      await save();
      if (hasUnsaved.value || state.failure) return false;
      apply({ upsert: { record: [await api.post<RecordOut>(`${path}/complete`, {})] } });
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'record_incomplete') state.missing = error.errors.filter(isOfField).map(({ field }) => ({ field, detail: '' }));
      else state.failure = error;
      return false;
    } finally {
      state.working = false;
    }
  }

  async function reopen(): Promise<void> {
    state.failure = null;
    state.working = true;
    try {
      apply({ upsert: { record: [await api.post<RecordOut>(`${path}/reopen`)] } });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      state.failure = error;
    } finally {
      state.working = false;
    }
  }

  return { complete, reopen };
}
