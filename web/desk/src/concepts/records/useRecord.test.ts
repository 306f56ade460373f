import { effectScope, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RecordOut } from '../../api/types';
import { apply } from '../../live/apply';
import { forgetEverything, pool } from '../../live/entities';
import { useRecord } from './useRecord';

const session = vi.hoisted(() => ({ at: 'in' }));
vi.mock('../session', async () => {
  const { reactive } = await import('vue');
  return { session: reactive(session) };
});

function makeRecord(given: Partial<RecordOut> = {}): RecordOut {
  return {
    id: 'rec',
    number: 204817,
    version: 1,
    state: 'wrap_up',
    direction: 'inbound',
    handler_id: 'jonas',
    contact_id: null,
    contact_name: 'Visitor 12',
    contact_point_id: 'point',
    owner_id: 'kestrel',
    owner_name: 'Kestrel Outdoor',
    category_id: 'shop',
    category_name: 'Kestrel, shop',
    channel_id: 'chat',
    channel_kind: 'webchat',
    channel_name: 'Kestrel shop',
    result: null,
    reasons: [],
    notes: '',
    edited_by_id: null,
    edited_at: null,
    started_at: '2026-03-01T10:00:00Z',
    conversation_ended_at: '2026-03-01T10:10:00Z',
    ended_at: null,
    waited_seconds: 72,
    rating: null,
    address: '',
    conversation_ids: ['talk'],
    subject: '',
    last_sent: null,
    requires: ['result', 'reasons'],
    ...given,
  };
}

interface Call {
  method: string;
  path: string;
  body: Record<string, unknown>;
}
type Answer = { status?: number; body: unknown };

let stored: RecordOut;
let calls: Call[];
let answers: ((call: Call) => Answer | undefined)[];
let scope: EffectScope;

/** A server small enough to read: it keeps one record, checks the version and says what is asked of it next. */
function answer(call: Call): Answer {
  const planned = answers.shift()?.(call);
  if (planned) return planned;
  if (call.method === 'GET') return { body: { ...stored, handovers: [], conversations: [] } };
  if (call.path.endsWith('/complete')) return { body: keep({ state: 'completed' }) };
  if (call.path.endsWith('/reopen')) return { body: keep({ state: 'open' }) };
  if (call.body.version !== stored.version) return { status: 409, body: { code: 'edited_meanwhile', record: stored } };
  return { body: write(call.body) };
}

function keep(changes: Partial<RecordOut>): RecordOut {
  stored = { ...stored, ...changes, version: stored.version + 1 };
  return stored;
}

function write(body: Record<string, unknown>): RecordOut {
  const changes: Partial<RecordOut> = {};
  if ('notes' in body) changes.notes = String(body.notes).trim();
  if ('result_id' in body) changes.result = { id: String(body.result_id), label: 'Completed' };
  if ('reason_ids' in body) changes.reasons = (body.reason_ids as string[]).map((id) => ({ id, label: id }));
  return keep(changes);
}

const saves = () => calls.filter((call) => call.method === 'PATCH').map((call) => call.body);
const theyWrite = (changes: Partial<RecordOut>) => apply({ upsert: { record: [keep(changes)] } });
const wait = (ms = 1000) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  stored = makeRecord();
  calls = [];
  answers = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const call = { method: init.method ?? 'GET', path, body: init.body ? JSON.parse(String(init.body)) : {} };
    calls.push(call);
    const { status = 200, body } = answer(call);
    return new Response(JSON.stringify(body), { status });
  });
});

afterEach(async () => {
  scope.stop();
  await wait();
  forgetEverything();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function open(given: Partial<RecordOut> = {}) {
  stored = makeRecord(given);
  scope = effectScope();
  const editor = scope.run(() => useRecord('rec'))!;
  await wait(0);
  return editor.value;
}

describe('saving', () => {
  test('what is typed is shown at once and saved after a pause, as one', async () => {
    const editor = await open();
    editor.change('notes', 'Box');
    editor.change('notes', 'Box dented');
    expect(editor.fields.value?.notes).toBe('Box dented');
    expect(saves()).toEqual([]);
    await wait();
    expect(saves()).toEqual([{ version: 1, notes: 'Box dented' }]);
    expect(editor.state.saved).toBe(true);
    expect(editor.hasUnsaved.value).toBe(false);
  });

  test('what is typed while a save is under way goes with the next', async () => {
    const editor = await open();
    answers.push((call) => {
      editor.change('notes', 'Box dented');
      return { body: write(call.body) };
    });
    editor.change('notes', 'Box');
    await wait(700);
    await wait();
    expect(saves()).toEqual([
      { version: 1, notes: 'Box' },
      { version: 2, notes: 'Box dented' },
    ]);
    expect(editor.state.conflicts).toEqual({});
  });

  test('a space at the end is not taken from under the hand', async () => {
    const editor = await open();
    editor.change('notes', 'Box ');
    await wait();
    expect(stored.notes).toBe('Box');
    expect(editor.fields.value?.notes).toBe('Box ');
    expect(editor.hasUnsaved.value).toBe(false);
  });

  test('a refusal keeps the words and says why', async () => {
    const editor = await open();
    answers.push(() => ({ status: 403, body: { code: 'forbidden', detail: 'Only the handler may write here.' } }));
    editor.change('notes', 'Box');
    await wait();
    expect(editor.state.failure?.detail).toBe('Only the handler may write here.');
    expect(editor.fields.value?.notes).toBe('Box');
    expect(editor.state.saved).toBe(false);
  });

  test('a choice that is refused is marked at its field', async () => {
    const editor = await open();
    answers.push(() => ({ status: 422, body: { code: 'unknown_choice', field: 'result', detail: 'This choice is switched off.' } }));
    editor.change('result_id', 'old');
    await wait();
    expect(editor.state.missing).toEqual([{ field: 'result', detail: 'This choice is switched off.' }]);
  });

  test('while the server is away it tries again by itself', async () => {
    const editor = await open();
    answers.push(() => ({ status: 503, body: { code: 'unavailable' } }));
    editor.change('notes', 'Box');
    await wait();
    expect(editor.state.failure).not.toBeNull();
    await wait(6000);
    expect(editor.state.failure).toBeNull();
    expect(stored.notes).toBe('Box');
  });

  test('leaving for another record saves first', async () => {
    stored = makeRecord();
    const id = ref('rec');
    scope = effectScope();
    const editor = scope.run(() => useRecord(id))!;
    await wait(0);
    editor.value.change('notes', 'Box');
    id.value = 'other';
    await wait(0);
    expect(saves()).toEqual([{ version: 1, notes: 'Box' }]);
    expect(editor.value.id).toBe('other');
  });
});

test('words that could not be saved are gone with the one who wrote them', async () => {
  const { session: signedIn } = (await import('../session')) as unknown as { session: { at: string } };
  const before = await open();
  answers.push(() => ({ status: 503, body: { code: 'unavailable' } }));
  before.change('notes', 'Told in confidence');
  await wait();
  signedIn.at = 'out';
  scope.stop();
  await wait(10_000);
  signedIn.at = 'in';
  const after = await open();
  expect(after.fields.value?.notes).toBe('');
  await wait(10_000);
  expect(saves()).toHaveLength(1);
});

describe('conflicts', () => {
  test('two who write in different fields do not disturb each other', async () => {
    const editor = await open();
    keep({ notes: 'From Mei' });
    editor.change('result_id', 'done');
    await wait();
    expect(stored.notes).toBe('From Mei');
    expect(stored.result?.id).toBe('done');
    expect(editor.state.conflicts).toEqual({});
    expect(saves()).toEqual([
      { version: 1, result_id: 'done' },
      { version: 2, result_id: 'done' },
    ]);
  });

  test('the same field asks, and holds my words back', async () => {
    const editor = await open();
    keep({ notes: 'From Mei' });
    editor.change('notes', 'From me');
    await wait(3000);
    expect(editor.state.conflicts.notes?.theirs).toBe('From Mei');
    expect(editor.fields.value?.notes).toBe('From me');
    expect(stored.notes).toBe('From Mei');
    expect(saves()).toHaveLength(1);
  });

  test('a live change is noticed before anything is sent', async () => {
    const editor = await open();
    editor.change('notes', 'From me');
    theyWrite({ notes: 'From Mei' });
    expect(editor.state.conflicts.notes?.theirs).toBe('From Mei');
    await wait();
    expect(saves()).toEqual([]);
  });

  test('keep mine writes over theirs', async () => {
    const editor = await open();
    editor.change('notes', 'From me');
    theyWrite({ notes: 'From Mei' });
    editor.keepMine('notes');
    await wait();
    expect(stored.notes).toBe('From me');
    expect(editor.state.conflicts).toEqual({});
  });

  test('take theirs drops mine', async () => {
    const editor = await open();
    editor.change('notes', 'From me');
    theyWrite({ notes: 'From Mei' });
    editor.takeTheirs('notes');
    await wait();
    expect(editor.fields.value?.notes).toBe('From Mei');
    expect(saves()).toEqual([]);
  });

  test('a field that I have finished follows the others', async () => {
    const editor = await open();
    editor.change('notes', 'From me');
    await wait();
    theyWrite({ notes: 'From Mei' });
    expect(editor.fields.value?.notes).toBe('From Mei');
    expect(editor.state.conflicts).toEqual({});
  });

  test('completed meanwhile: the form gives way', async () => {
    const editor = await open();
    answers.push(() => ({ status: 409, body: { code: 'record_completed' } }));
    editor.change('notes', 'Too late');
    keep({ state: 'completed', notes: 'Done' });
    await wait();
    expect(editor.record.value?.state).toBe('completed');
    expect(editor.fields.value?.notes).toBe('Done');
  });
});

describe('completing', () => {
  test('what is missing is named before the server is asked', async () => {
    const editor = await open();
    expect(await editor.complete()).toBe(false);
    expect(editor.state.missing.map(({ field }) => field)).toEqual(['result', 'reasons']);
    expect(calls.some((call) => call.method === 'POST')).toBe(false);
    editor.change('result_id', 'done');
    expect(editor.state.missing.map(({ field }) => field)).toEqual(['reasons']);
  });

  test('the last words are saved, then the record is completed', async () => {
    const editor = await open();
    editor.change('result_id', 'done');
    editor.change('reason_ids', ['damaged']);
    const done = editor.complete();
    await wait();
    expect(await done).toBe(true);
    expect(calls.slice(1).map((call) => call.method)).toEqual(['PATCH', 'POST']);
    expect(pool.record.get('rec')?.state).toBe('completed');
  });

  test('what the server misses is marked as well', async () => {
    const editor = await open({ requires: [] });
    answers.push(() => ({
      status: 422,
      body: { code: 'record_incomplete', errors: [{ field: 'contact', detail: 'Choose a contact.' }] },
    }));
    const done = editor.complete();
    await wait();
    expect(await done).toBe(false);
    expect(editor.state.missing).toEqual([{ field: 'contact', detail: '' }]);
  });

  test('an open conflict is settled first', async () => {
    const editor = await open({ requires: [] });
    editor.change('notes', 'From me');
    theyWrite({ notes: 'From Mei' });
    const done = editor.complete();
    await wait();
    expect(await done).toBe(false);
    expect(calls.some((call) => call.method === 'POST')).toBe(false);
  });

  test('a completed record takes no edits until it is reopened', async () => {
    const editor = await open({ state: 'completed' });
    editor.change('notes', 'Afterthought');
    expect(editor.fields.value?.notes).toBe('');
    await editor.reopen();
    editor.change('notes', 'Afterthought');
    expect(editor.fields.value?.notes).toBe('Afterthought');
  });
});
