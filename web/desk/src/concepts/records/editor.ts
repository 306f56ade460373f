import { effectScope, watch } from 'vue';
import { api, Problem } from '../../api/client';
import type { RecordDetail, RecordOut, Required } from '../../api/types';
import { apply } from '../../live/apply';
import { completion } from './completion';
import { editorState, FILLED_BY, isOfField } from './editorState';
import { fieldsOf, reconcile, same, unsaved, type FieldName, type RecordFields } from './fields';

// Notes are typed letter by letter; choices are single acts, held back just long enough to send two of them as one.
const PAUSE = { notes: 700, choice: 250, unreachable: 5000 };
/**
 * The editing of one record. It lives outside of the screens, so that the inbox's panel and the record's own page show
 * the same unsaved words, and leaving one of them loses nothing.
 */
export function recordEditor(id: string) {
  const known = editorState(id);
  const { path, state, record, fields, isTalking, hasUnsaved } = known;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let run: Promise<void> | null = null;

  function settle(row: RecordOut): void {
    const { edits, conflicts } = reconcile(state.edits, row);
    state.edits = row.state === 'completed' ? {} : edits;
    const theirs = fieldsOf(row);
    const before = state.conflicts;
    state.conflicts = {};
    for (const name of row.state === 'completed' ? [] : conflicts) {
      state.conflicts[name] = {
        theirs: theirs[name],
        by: row.edited_by_id,
        at: before[name]?.at ?? Date.parse(row.edited_at ?? new Date().toISOString()),
      };
    }
  }

  async function load(): Promise<void> {
    try {
      const { handovers, conversations, ...row } = await api.get<RecordDetail>(path);
      apply({ upsert: { record: [row] } }, 'list');
      Object.assign(state, { handovers, conversations, loadFailure: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      state.loadFailure = error;
    }
  }

  function change<N extends FieldName>(name: N, value: RecordFields[N]): void {
    if (!record.value || record.value.state === 'completed') return;
    const edit = state.edits[name];
    state.edits[name] = { ...edit, base: edit ? edit.base : fieldsOf(record.value)[name], mine: value };
    state.missing = state.missing.filter(({ field }) => FILLED_BY[field] !== name);
    state.saved = false;
    clearTimeout(timer);
    timer = setTimeout(() => void save(), name === 'notes' ? PAUSE.notes : PAUSE.choice);
  }

  /** One request at a time: what is typed while one is under way goes with the next. */
  function save(): Promise<void> {
    clearTimeout(timer);
    run ??= saveAll().finally(() => {
      run = null;
      state.saving = false;
    });
    return run;
  }

  async function saveAll(): Promise<void> {
    state.failure = null;
    for (;;) {
      const row = record.value;
      const changes = withoutConflicts();
      if (!row || Object.keys(changes).length === 0) return;
      state.saving = true;
      for (const [name, value] of Object.entries(changes)) state.edits[name as FieldName]!.sent = value;
      try {
        takeAnswer(await api.patch<RecordOut>(path, { version: row.version, ...changes }), changes);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (!(await learnFrom(error, row.version))) return;
      }
    }
  }

  function withoutConflicts(): Partial<RecordFields> {
    const changes = Object.entries(unsaved(state.edits)).filter(([name]) => !(name in state.conflicts));
    return Object.fromEntries(changes) as Partial<RecordFields>;
  }

  function takeAnswer(answer: RecordOut, sent: Partial<RecordFields>): void {
    // Sent and confirmed, unless I have gone on writing meanwhile.
    for (const [name, value] of Object.entries(sent)) {
      const edit = state.edits[name as FieldName];
      if (edit && same(edit.mine, value)) edit.base = edit.mine;
    }
    apply({ upsert: { record: [answer] } });
    state.saved = !hasUnsaved.value;
  }

  /** Answers whether it is worth another try with what is known now. */
  async function learnFrom(problem: Problem, version: number): Promise<boolean> {
    if (problem.code === 'edited_meanwhile' || problem.code === 'record_completed') {
      const theirs = problem.body.record as RecordOut | undefined;
      if (theirs) apply({ upsert: { record: [theirs] } });
      else await load();
      if (record.value && record.value.version > version) return true;
    }
    state.failure = problem;
    if (problem.field && isOfField({ field: problem.field }))
      state.missing = [{ field: problem.field as Required, detail: problem.detail }];
    if (problem.unreachable) timer = setTimeout(() => void save(), PAUSE.unreachable);
    return false;
  }

  function keepMine(name: FieldName): void {
    const conflict = state.conflicts[name];
    const edit = state.edits[name];
    if (!conflict || !edit) return;
    state.edits[name] = { mine: edit.mine, base: conflict.theirs };
    delete state.conflicts[name];
    void save();
  }

  function takeTheirs(name: FieldName): void {
    delete state.edits[name];
    delete state.conflicts[name];
  }

  /** What is not saved by now is dropped. */
  function close(): void {
    clearTimeout(timer);
    Object.assign(state, { edits: {}, conflicts: {} });
    scope.stop();
  }

  const scope = effectScope(true);
  scope.run(() => {
    watch(record, (row) => row && settle(row), { flush: 'sync' });
    // A joined conversation or a new handler: the record's own row says that there is one, the detail says which.
    watch(
      () => record.value && `${record.value.handler_id} ${record.value.conversation_ids.join(' ')}`,
      (now, before) => {
        if (before && now) void load();
      },
    );
  });

  return {
    id,
    state,
    record,
    fields,
    isTalking,
    hasUnsaved,
    load,
    change,
    save,
    keepMine,
    takeTheirs,
    ...completion(known, save),
    close,
  };
}

export type RecordEditor = ReturnType<typeof recordEditor>;
