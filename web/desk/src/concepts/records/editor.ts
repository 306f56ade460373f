import { computed, effectScope, reactive, watch } from 'vue';
import { api, Problem } from '../../api/client';
import type { ConversationOut, HandoverOut, RecordDetail, RecordOut, Required } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { fieldsOf, reconcile, same, unsaved, type Edits, type FieldName, type RecordFields } from './fields';

/** Somebody else wrote into a field that I was changing. */
export interface Conflict {
  theirs: RecordFields[FieldName];
  at: number;
  /** Who it was, where the server says so. */
  by: string | null;
}

export interface Missing {
  field: Required;
  /** The server's sentence about what was chosen; empty when nothing was. */
  detail: string;
}

// Notes are typed letter by letter; choices are single acts, held back just long enough to send two of them as one.
const PAUSE = { notes: 700, choice: 250, unreachable: 5000 };
const FILLED_BY: Record<Required, FieldName> = {
  result: 'result_id',
  reasons: 'reason_ids',
  notes: 'notes',
  contact: 'contact_id',
};

function isOfField<T extends { field: string }>(one: T): one is T & { field: Required } {
  return one.field in FILLED_BY;
}

/**
 * The editing of one record. It lives outside of the screens, so that the inbox's panel and the record's own page show
 * the same unsaved words, and leaving one of them loses nothing.
 */
export function recordEditor(id: string) {
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
  const hasUnsaved = computed(() => Object.keys(unsaved(state.edits)).length > 0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let run: Promise<void> | null = null;

  function settle(row: RecordOut): void {
    const { edits, conflicts } = reconcile(state.edits, row);
    state.edits = row.state === 'completed' ? {} : edits;
    const theirs = fieldsOf(row);
    const before = state.conflicts;
    state.conflicts = {};
    for (const name of row.state === 'completed' ? [] : conflicts) {
      state.conflicts[name] = { theirs: theirs[name], at: before[name]?.at ?? Date.now(), by: before[name]?.by ?? null };
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
    const known = state.edits[name];
    state.edits[name] = { ...known, base: known ? known.base : fieldsOf(record.value)[name], mine: value };
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
    hasUnsaved,
    load,
    change,
    save,
    keepMine,
    takeTheirs,
    complete,
    reopen,
    close: () => scope.stop(),
  };
}

export type RecordEditor = ReturnType<typeof recordEditor>;
