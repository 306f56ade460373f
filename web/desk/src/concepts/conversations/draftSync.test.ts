import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../api/client';
import type { DraftOut } from '../../api/types';
import { createDraftSync, type Content, type DraftState } from './draftSync';

const row = (version: number, text: string) => ({ id: 'd', conversation_id: 'c', version, text, visibility: 'public', aside: '', files: [] }) as unknown as DraftOut;
const lost = new Problem({ title: '', detail: '', status: 0, code: 'no_connection' });
const newer = (draft: DraftOut) => new Problem({ title: '', detail: '', status: 409, code: 'edited_meanwhile', draft });

function desk(answers: (Problem | 'ok')[] = []) {
  const here: Content = { text: '', visibility: 'public', aside: '', files: [], mail: null, choices: [] };
  const puts: [string, number][] = [];
  const states: DraftState[] = [];
  const sync = createDraftSync({
    read: () => ({ ...here }),
    write: (content) => Object.assign(here, content),
    async put(content, version) {
      puts.push([content.text, version]);
      const answer = answers.shift() ?? 'ok';
      if (answer !== 'ok') throw answer;
      return row(version + 1, content.text);
    },
    say: (state) => states.push(state),
  });
  const type = (text: string) => {
    here.text = text;
    sync.changed();
  };
  return { here, puts, states, sync, type };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('while typing', () => {
  test('it is saved once the hand rests', async () => {
    const { puts, states, type } = desk();
    type('H');
    await vi.advanceTimersByTimeAsync(300);
    type('Hi');
    expect(puts).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(puts).toEqual([['Hi', 0]]);
    expect(states.at(-1)).toBe('saved');
  });

  test('it is saved now and then even when the hand never rests', async () => {
    const { puts, type } = desk();
    for (let at = 0; at < 60; at += 1) {
      type('x'.repeat(at + 1));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(puts).toHaveLength(1);
  });

  test('each save goes on from the version before', async () => {
    const { puts, type } = desk();
    type('Hi');
    await vi.advanceTimersByTimeAsync(1000);
    type('Hi Amara');
    await vi.advanceTimersByTimeAsync(1000);
    expect(puts).toEqual([['Hi', 0], ['Hi Amara', 1]]);
  });

  test.each([403, 404])('what the server will not have (%i) is nothing to be saved later', async (status) => {
    const { puts, states, sync, type, here } = desk([new Problem({ title: '', detail: '', status, code: 'not_found' })]);
    type('Hi');
    await vi.advanceTimersByTimeAsync(1000);
    expect(states.at(-1)).toBe('none');
    expect(sync.dirty()).toBe(false);
    expect(here.text).toBe('Hi');
    type('Hi Amara');
    await vi.advanceTimersByTimeAsync(1000);
    expect(puts).toEqual([['Hi', 0], ['Hi Amara', 0]]);
    expect(states.at(-1)).toBe('saved');
  });

  test('without a connection it stays here, and is saved when asked again', async () => {
    const { puts, states, sync, type, here } = desk([lost]);
    type('Hi');
    await vi.advanceTimersByTimeAsync(1000);
    expect(states.at(-1)).toBe('kept');
    expect(here.text).toBe('Hi');
    await sync.save();
    expect(puts).toEqual([['Hi', 0], ['Hi', 0]]);
    expect(states.at(-1)).toBe('saved');
  });
});

describe('another desk', () => {
  test('what it kept comes in where nothing was written', () => {
    const { here, sync } = desk();
    sync.take(row(4, 'from home'));
    expect(here.text).toBe('from home');
    sync.take(row(3, 'older'));
    expect(here.text).toBe('from home');
  });

  test('a save that came too late is merged and saved again', async () => {
    const { here, puts, type } = desk([newer(row(2, 'from home'))]);
    type('from the office');
    await vi.advanceTimersByTimeAsync(3000);
    expect(here.text).toBe('from home\nfrom the office');
    expect(puts.at(-1)).toEqual(['from home\nfrom the office', 2]);
  });

  test('our own save, heard before its answer, changes nothing', async () => {
    const { here, sync, type } = desk();
    type('Hi');
    const saving = sync.save();
    await Promise.resolve();
    sync.take(row(1, 'Hi'));
    here.text = 'H';
    await saving;
    expect(here.text).toBe('H');
  });

  test('it sent what stood here: the composer is empty', async () => {
    const { here, sync, type } = desk();
    type('Hi');
    await sync.save();
    sync.take(row(2, ''));
    expect(here.text).toBe('');
  });
});

describe('sending', () => {
  test('takes the version that was saved, also one that is on its way', async () => {
    const { here, sync, type, puts } = desk();
    type('Hi');
    void sync.save();
    await Promise.resolve();
    here.text = '';
    expect(await sync.sent()).toBe(1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(puts).toEqual([['Hi', 0]]);
  });

  test('what is written after it is another draft', async () => {
    const { here, sync, type, puts } = desk([]);
    type('Hi');
    await sync.save();
    here.text = '';
    expect(await sync.sent()).toBe(1);
    sync.take(row(2, ''));
    type('And another thing');
    await vi.advanceTimersByTimeAsync(1000);
    expect(puts.at(-1)).toEqual(['And another thing', 2]);
  });

  test('a failed message that is discarded takes its draft along', async () => {
    const { here, sync, type, puts } = desk();
    type('Hi');
    await sync.save();
    here.text = '';
    await sync.sent();
    sync.forget(row(1, 'Hi'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(puts.at(-1)).toEqual(['', 1]);
  });
});

test('a note and a reply keep to themselves, whichever the other desk had in hand', async () => {
  const { here, sync, type } = desk();
  type('It leaves');
  await vi.advanceTimersByTimeAsync(1000);
  const theirs = { ...row(2, 'Ask Mei'), visibility: 'internal', aside: 'It leaves today' } as DraftOut;
  type('It leaves');
  sync.take(theirs);
  expect(here).toMatchObject({ text: 'Ask Mei', visibility: 'internal', aside: 'It leaves today' });
  here.text = 'Ask Mei first';
  sync.take({ ...row(3, 'It leaves today, by train'), aside: 'Ask Mei' } as DraftOut);
  expect(here).toMatchObject({ text: 'Ask Mei first', visibility: 'internal', aside: 'It leaves today, by train' });
});
