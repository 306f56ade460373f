import { expect, test } from 'vitest';

import type { Turn } from '../parts';
import { entry, message } from '../session/make';
import { rows } from './rows';

const now = new Date('2026-03-02T12:00:00Z');
const at = (minutes: number): string => new Date(now.getTime() - 3_600_000 + minutes * 60_000).toISOString();
let seq = 0;

function theirs(minutes: number, name = 'Jonas'): Turn {
  const one = message(++seq, { name, at: at(minutes) });
  return { key: one.id, at: one.at, mine: false, state: 'sent', message: one, entry: null };
}

function mine(minutes: number, state: Turn['state'] = 'sent'): Turn {
  const key = `k${String(++seq)}`;
  return { key, at: at(minutes), mine: true, state, message: null, entry: entry(key) };
}

const kinds = (turns: Turn[]): string[] => rows(turns, now).map((row) => row.kind);

test('the name stands before a run of messages, and again after a pause or another speaker', () => {
  expect(kinds([theirs(0), theirs(1), theirs(20), mine(21), theirs(22), theirs(23, 'Mei')])).toEqual(
    ['by', 'turn', 'turn', 'by', 'turn', 'turn', 'by', 'turn', 'by', 'turn'],
  );
});

test('the state stands after the last that was sent, after the last that waits, after each that failed', () => {
  const turns = [mine(0), mine(1), mine(2, 'failed'), mine(3, 'failed'), mine(4, 'waiting'), mine(5, 'waiting')];
  const states = rows(turns, now).flatMap((row) => (row.kind === 'turn' ? [row.showsState] : []));
  expect(states).toEqual([false, true, true, true, false, true]);
});

test('another day is named', () => {
  expect(kinds([theirs(-60 * 48), theirs(0)])).toEqual(['day', 'by', 'turn', 'day', 'by', 'turn']);
});

test('events become lines, and those nobody needs to see do not', () => {
  const event = (name: string): Turn => ({ ...theirs(0), message: message(++seq, { kind: 'event', event: { name, agent_name: 'Mei' } }) });
  expect(kinds([event('queued'), event('assigned'), event('closed')])).toEqual(['here', 'ended']);
});
