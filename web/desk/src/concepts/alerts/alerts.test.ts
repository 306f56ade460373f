import { expect, test } from 'vitest';
import type { ConversationOut } from '../../api/types';
import { alertsBetween, standingsOf } from './alerts';

const conversation = (id: string, change: Partial<ConversationOut> = {}) =>
  ({ id, agent_id: 'me', state: 'active', unread: 0, woken_at: null, ...change }) as ConversationOut;
const between = (before: ConversationOut[], now: ConversationOut[]) => alertsBetween(standingsOf(before, 'me'), standingsOf(now, 'me'));

test('a conversation that became mine is told once, as a conversation', () => {
  const mine = conversation('a', { unread: 2 });
  expect(between([conversation('a', { agent_id: null, state: 'waiting' })], [mine])).toEqual([{ kind: 'conversation', id: 'a' }]);
  expect(between([mine], [mine])).toEqual([]);
});

test('a further message of the contact is told, reading it is not', () => {
  expect(between([conversation('a')], [conversation('a', { unread: 1 })])).toEqual([{ kind: 'message', id: 'a' }]);
  expect(between([conversation('a', { unread: 1 })], [conversation('a')])).toEqual([]);
});

test('one that was put aside and woke is told like a new one', () => {
  expect(between([conversation('a')], [conversation('a', { woken_at: '2026-03-02T09:00:00Z' })])).toEqual([{ kind: 'conversation', id: 'a' }]);
});

test('what colleagues serve, and what has ended, is nothing to me', () => {
  expect(between([], [conversation('a', { agent_id: 'mei' }), conversation('b', { state: 'closed' })])).toEqual([]);
});
