import { expect, test } from 'vitest';
import type { ConversationOut, MentionOut } from '../../api/types';
import { alertsBetween, mentionsBetween, standingsOf, unreadOf } from './alerts';

const conversation = (id: string, change: Partial<ConversationOut> = {}) =>
  ({ id, agent_id: 'me', state: 'active', unread: 0, last_seq: 1, assigned_at: '2026-03-02T08:00:00Z', woken_at: null, ...change }) as ConversationOut;
const between = (before: ConversationOut[], now: ConversationOut[]) => alertsBetween(standingsOf(before, 'me'), standingsOf(now, 'me'));

test('a conversation that became mine is told once, as a conversation', () => {
  const mine = conversation('a', { unread: 2 });
  expect(between([conversation('a', { agent_id: null, state: 'waiting' })], [mine])).toMatchObject([{ kind: 'conversation', id: 'a' }]);
  expect(between([mine], [mine])).toEqual([]);
});

test('a further message of the contact is told, reading it is not', () => {
  expect(between([conversation('a')], [conversation('a', { unread: 1 })])).toMatchObject([{ kind: 'message', id: 'a' }]);
  expect(between([conversation('a', { unread: 1 })], [conversation('a')])).toEqual([]);
});

test('one that was put aside and woke is told like a new one', () => {
  expect(between([conversation('a')], [conversation('a', { woken_at: '2026-03-02T09:00:00Z' })])).toMatchObject([{ kind: 'conversation', id: 'a' }]);
});

test('what colleagues serve, and what has ended, is nothing to me', () => {
  expect(between([], [conversation('a', { agent_id: 'mei' }), conversation('b', { state: 'closed' })])).toEqual([]);
});

test('the same news has the same mark in every window, and later news another', () => {
  const first = between([conversation('a')], [conversation('a', { unread: 1, last_seq: 2 })])[0];
  expect(between([conversation('a')], [conversation('a', { unread: 1, last_seq: 2 })])[0]?.mark).toBe(first?.mark);
  expect(between([conversation('a', { unread: 1, last_seq: 2 })], [conversation('a', { unread: 2, last_seq: 3 })])[0]?.mark).not.toBe(first?.mark);
});

test('a message after the last one was read, and a conversation that comes back, are news of their own', () => {
  const marks = (before: Partial<ConversationOut>, now: Partial<ConversationOut>) =>
    between([conversation('a', before)], [conversation('a', now)]).map((one) => one.mark);
  expect(marks({}, { unread: 1, last_seq: 2 })).not.toEqual(marks({ last_seq: 2 }, { unread: 1, last_seq: 3 }));
  const away = { agent_id: 'mei' };
  expect(marks(away, {})).not.toEqual(marks(away, { assigned_at: '2026-03-02T08:00:09Z' }));
});

test('a mention is told until it is read', () => {
  const mention = (id: string, read_at: string | null = null) => ({ id, conversation_id: 'a', by_name: 'Mei', read_at }) as MentionOut;
  const told = mentionsBetween(unreadOf([mention('1')]), unreadOf([mention('1'), mention('2'), mention('3', '2026-03-02T09:00:00Z')]));
  expect(told.map((one) => [one.kind, one.id, one.mention?.id])).toEqual([['mention', 'a', '2']]);
});
