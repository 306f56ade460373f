import { computed, reactive } from 'vue';
import type { Problem } from '../../api/client';
import type { ConversationOut, HandoverOut, Required } from '../../api/types';
import { pool } from '../../live/entities';
import { fieldsOf, unsaved, type Edits, type FieldName, type RecordFields } from './fields';

/** Somebody else wrote into a field that I was changing. */
export interface Conflict {
  theirs: RecordFields[FieldName];
  by: string | null;
  at: number;
}

export interface Missing {
  field: Required;
  /** The server's sentence about what was chosen; empty when nothing was. */
  detail: string;
}

export const FILLED_BY: Record<Required, FieldName> = {
  result: 'result_id',
  reasons: 'reason_ids',
  notes: 'notes',
  contact: 'contact_id',
};

export function isOfField<T extends { field: string }>(one: T): one is T & { field: Required } {
  return one.field in FILLED_BY;
}

/** What is known while one record is edited: the row of the pool, and on top of it what is not stored yet. */
export function editorState(id: string) {
  const path = `/api/records/${encodeURIComponent(id)}`;
  const state = reactive({
    edits: {} as Edits,
    conflicts: {} as Partial<Record<FieldName, Conflict>>,
    missing: [] as Missing[],
    handovers: [] as HandoverOut[],
    conversations: [] as ConversationOut[],
    saving: false,
    saved: false,
    working: false,
    failure: null as Problem | null,
    loadFailure: null as Problem | null,
  });
  const record = computed(() => pool.record.get(id));
  const fields = computed<RecordFields | null>(() => {
    if (!record.value) return null;
    const edited = Object.entries(state.edits).map(([name, edit]) => [name, edit.mine]);
    return { ...fieldsOf(record.value), ...(Object.fromEntries(edited) as Partial<RecordFields>) };
  });
  /** Completing it ends these as well. */
  const isTalking = computed(() => state.conversations.some((one) => (pool.conversation.get(one.id) ?? one).state !== 'closed'));
  const hasUnsaved = computed(() => Object.keys(unsaved(state.edits)).length > 0);

  return { path, state, record, fields, isTalking, hasUnsaved };
}

export type EditorState = ReturnType<typeof editorState>;
