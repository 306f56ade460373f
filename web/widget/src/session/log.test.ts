import { expect, test } from 'vitest';

import { Log } from './log';
import { conversation, message } from './make';

const start = { conversation_id: null, after: 0 };
const seqs = (log: Log): number[] => log.messages().map(({ seq }) => seq);

test('messages stand in the order of their numbers, however they arrive', () => {
  const log = new Log();
  log.take({ conversation: conversation(), messages: [message(1)] }, start);
  for (const seq of [4, 2, 3]) log.add(message(seq));
  expect(seqs(log)).toEqual([1, 2, 3, 4]);
  expect(log.hasHole()).toBe(false);
});

test('what comes twice is there once', () => {
  const log = new Log();
  log.take({ conversation: conversation(), messages: [message(1), message(2)] }, start);
  log.add(message(2));
  log.add(message(3));
  log.take({ conversation: conversation(), messages: [message(2), message(3)] }, { conversation_id: 'a', after: 1 });
  expect(seqs(log)).toEqual([1, 2, 3]);
});

test('a missing number is asked for again: it may be a message that got lost', () => {
  const log = new Log();
  log.take({ conversation: conversation(), messages: [message(1), message(2)] }, start);
  log.add(message(4));
  expect(log.hasHole()).toBe(true);
  expect(log.resume()).toEqual({ conversation_id: 'a', after: 2 });
  log.take({ conversation: conversation(), messages: [message(3), message(4)] }, { conversation_id: 'a', after: 2 });
  expect(seqs(log)).toEqual([1, 2, 3, 4]);
  expect(log.hasHole()).toBe(false);
});

test('a number that the server does not show is an internal note, and the hole is no hole any more', () => {
  const log = new Log();
  log.take({ conversation: conversation(), messages: [message(1)] }, start);
  log.add(message(3));
  log.take({ conversation: conversation(), messages: [message(3)] }, { conversation_id: 'a', after: 1 });
  expect(log.hasHole()).toBe(false);
  expect(log.resume().after).toBe(3);
});

test('an empty answer does not hide what arrived while it was on its way', () => {
  const log = new Log();
  log.take({ conversation: conversation(), messages: [message(1)] }, start);
  const asked = log.resume();
  log.add(message(3));
  log.take({ conversation: conversation(), messages: [] }, asked);
  expect(log.resume().after).toBe(1);
  expect(log.hasHole()).toBe(true);
});

test('a new conversation follows the old one and counts from 1 again', () => {
  const log = new Log();
  log.take({ conversation: conversation('a', { state: 'closed' }), messages: [message(1), message(2)] }, start);
  log.add(message(1, { conversation_id: 'b' }));
  expect(log.hasHole()).toBe(true); // Nothing is known yet of b itself.
  log.take({ conversation: conversation('b'), messages: [message(1, { conversation_id: 'b' })] }, { conversation_id: 'a', after: 2 });
  expect(log.messages().map((one) => one.conversation_id + String(one.seq))).toEqual(['a1', 'a2', 'b1']);
  expect(log.resume()).toEqual({ conversation_id: 'b', after: 1 });
  expect(log.hasHole()).toBe(false);
});

test('what the agent has read is what they were told of, less what they have not read', () => {
  const log = new Log();
  const mine = [1, 3, 5].map((seq) => message(seq, { by: 'contact' }));
  log.take({ conversation: conversation('a', { unread: 1 }), messages: mine }, start);
  expect(log.readUpTo()).toBe(3);
  log.stand(conversation('a', { unread: 0 }));
  expect(log.readUpTo()).toBe(5);
  log.add(message(6, { by: 'contact' }));
  expect(log.readUpTo()).toBe(5);
  log.stand(conversation('a', { unread: 1, state: 'waiting' }));
  expect(log.readUpTo()).toBe(5);
  log.add(message(7));
  expect(log.readUpTo()).toBe(7);
});
