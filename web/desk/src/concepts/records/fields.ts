import type { RecordOut } from '../../api/types';

/** What an agent fills in. The names are those of the wire. */
export interface RecordFields {
  result_id: string | null;
  reason_ids: string[];
  notes: string;
  contact_id: string | null;
}
export type FieldName = keyof RecordFields;

/** One field that I changed: what it was when I began, what I last sent, what stands in the form. */
export interface Edit {
  base: RecordFields[FieldName];
  sent?: RecordFields[FieldName];
  mine: RecordFields[FieldName];
}
export type Edits = Partial<Record<FieldName, Edit>>;

export function fieldsOf(record: RecordOut): RecordFields {
  return {
    result_id: record.result?.id ?? null,
    reason_ids: record.reasons.map((reason) => reason.id),
    notes: record.notes,
    contact_id: record.contact_id,
  };
}

/** Order of reasons and space at the end of notes carry no meaning: the server may tidy both. */
export function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((id) => other.includes(id));
  if (typeof one === 'string' && typeof other === 'string') return one.trim() === other.trim();
  return one === other;
}

export function isUnsaved(edit: Edit): boolean {
  return !same(edit.mine, edit.base);
}

export function unsaved(edits: Edits): Partial<RecordFields> {
  const changes = Object.entries(edits).filter(([, edit]) => isUnsaved(edit));
  return Object.fromEntries(changes.map(([name, edit]) => [name, edit.mine])) as Partial<RecordFields>;
}

/**
 * Brings my edits together with the record as it is now. Answers the edits that remain and the fields where somebody
 * else wrote something different from what I was changing. Fields that only one of us touched merge by themselves.
 */
export function reconcile(edits: Edits, record: RecordOut): { edits: Edits; conflicts: FieldName[] } {
  const now = fieldsOf(record);
  const kept: Edits = {};
  const conflicts: FieldName[] = [];
  for (const [key, edit] of Object.entries(edits)) {
    const name = key as FieldName;
    const theirs = now[name];
    const wasUnsaved = isUnsaved(edit);
    if (same(theirs, edit.mine)) kept[name] = { mine: edit.mine, base: theirs };
    else if (!wasUnsaved) continue;
    else if (same(theirs, edit.base)) kept[name] = edit;
    else if (edit.sent !== undefined && same(theirs, edit.sent)) kept[name] = { ...edit, base: theirs };
    else {
      kept[name] = edit;
      conflicts.push(name);
    }
  }
  return { edits: kept, conflicts };
}
