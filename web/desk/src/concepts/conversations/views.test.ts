import { describe, expect, test } from 'vitest';
import type { ConversationOut, RecordOut } from '../../api/types';
import { groupsOf, keepPlace, placeOf, viewOf, type Group } from './views';

const at = (minutesAgo: number) => new Date(Date.UTC(2026, 0, 1, 12, 0) - minutesAgo * 60_000).toISOString();
const conversation = (id: string, change: Partial<ConversationOut> = {}) =>
  ({ id, state: 'active', agent_id: 'me', waiting_since: null, last_at: at(0), service_record_id: null, urgency: 0, snoozed_at: null, ...change }) as ConversationOut;
const record = (id: string, change: Partial<RecordOut> = {}) =>
  ({ id, state: 'wrap_up', handler_id: 'me', conversation_ids: [`of-${id}`], conversation_ended_at: at(1), ...change }) as RecordOut;
const idsOf = (groups: Group[]) => Object.fromEntries(groups.map((group) => [group.name, group.entries.map((one) => one.id)]));

describe('my conversations', () => {
  test('those that wait for me come first, the longest wait on top', () => {
    const conversations = [
      conversation('answered', { last_at: at(3) }),
      conversation('short', { waiting_since: at(1) }),
      conversation('long', { waiting_since: at(9) }),
      conversation('foreign', { agent_id: 'mei', waiting_since: at(20) }),
      conversation('closed', { state: 'closed' }),
    ];
    const groups = groupsOf({ kind: 'mine' }, { conversations, records: [], me: 'me' });
    expect(idsOf(groups)).toEqual({ you: ['long', 'short'], customer: ['answered'], wrapUp: [] });
  });

  test('one that is put aside stands apart, the next to wake first', () => {
    const asleep = { snoozed_at: at(9), waiting_since: at(20) };
    const conversations = [
      conversation('awake', { waiting_since: at(1) }),
      conversation('until it writes', { ...asleep, snoozed_until: null }),
      conversation('late', { ...asleep, snoozed_until: at(-90) }),
      conversation('soon', { ...asleep, snoozed_until: at(-30) }),
    ];
    const rows = { conversations, records: [], me: 'me' };
    expect(idsOf(groupsOf(viewOf('snoozed'), rows))).toEqual({ snoozed: ['soon', 'late', 'until it writes'] });
    expect(idsOf(groupsOf(viewOf('mine'), rows)).you).toEqual(['awake']);
  });

  test('the order is the agent’s choice', () => {
    const conversations = [
      conversation('first', { waiting_since: at(2), last_at: at(2), created_at: at(60) }),
      conversation('second', { waiting_since: at(9), last_at: at(1), created_at: at(30) }),
    ];
    const orderOf = (order: 'longest_wait' | 'newest' | 'oldest') =>
      idsOf(groupsOf({ kind: 'mine' }, { conversations, records: [], me: 'me', order })).you;
    expect([orderOf('longest_wait'), orderOf('newest'), orderOf('oldest')]).toEqual([['second', 'first'], ['second', 'first'], ['first', 'second']]);
  });

  test('a record is in wrap-up only when its conversation is no longer served', () => {
    const conversations = [conversation('talk', { service_record_id: 'r1' })];
    const records = [record('r1', { state: 'open' }), record('r2'), record('r3', { state: 'completed' }), record('r4', { handler_id: 'mei' })];
    expect(idsOf(groupsOf({ kind: 'wrap-up' }, { conversations, records, me: 'me' }))).toEqual({ wrapUp: ['of-r2'] });
  });
});

test('a queue goes by priority, then by time', () => {
  const waiting = (id: string, urgency: number, minutes: number) =>
    conversation(id, { state: 'waiting', agent_id: null, team_id: 't1', urgency, queued_at: at(minutes) });
  const conversations = [waiting('new', 0, 1), waiting('old', 0, 8), waiting('urgent', 5, 2)];
  expect(idsOf(groupsOf(viewOf('team-t1'), { conversations, records: [], me: 'me' }))).toEqual({ queue: ['urgent', 'old', 'new'] });
});

test('for whom the team is still asked stand apart, by who is asked', () => {
  const asked = (id: string, decider: 'contact' | 'server' | null, minutes: number) =>
    conversation(id, { state: 'bot', agent_id: null, decider, created_at: at(minutes) });
  const conversations = [asked('late', 'contact', 1), asked('early', 'contact', 2), asked('server', 'server', 3), asked('flow', null, 9)];
  expect(idsOf(groupsOf(viewOf('undecided'), { conversations, records: [], me: 'me' }))).toEqual({
    contactAsked: ['early', 'late'],
    serverAsked: ['server'],
  });
});

describe('nothing moves under the hand', () => {
  const groups = (you: string[], customer: string[]): Group[] => [
    { name: 'you', entries: you.map((id) => ({ id, conversation: null, record: null })) },
    { name: 'customer', entries: customer.map((id) => ({ id, conversation: null, record: null })) },
  ];

  test('an answered conversation stays where it was while it is open', () => {
    const held = placeOf(groups(['a', 'b'], ['c']), 'a');
    expect(idsOf(keepPlace(groups(['b'], ['a', 'c']), held))).toEqual({ you: ['a', 'b'], customer: ['c'] });
  });

  test('one that has left the list is not held', () => {
    const held = placeOf(groups(['a', 'b'], []), 'a');
    expect(idsOf(keepPlace(groups(['b'], []), held))).toEqual({ you: ['b'], customer: [] });
  });
});
