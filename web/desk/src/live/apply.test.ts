import { beforeEach, describe, expect, test } from 'vitest';
import type { ConversationOut, MessageOut, ResultOut } from '../api/types';
import { apply, beginList, beginSnapshot, unbrokenUpTo } from './apply';
import { forgetEverything, pool } from './entities';

function conversation(change: Partial<ConversationOut> = {}): ConversationOut {
  return { id: 'c1', version: 1, state: 'active', agent_id: 'me', last_seq: 0, ...change } as ConversationOut;
}

function message(seq: number, change: Partial<MessageOut> = {}): MessageOut {
  return { id: `m${seq}`, conversation_id: 'c1', seq, text: `text ${seq}`, state: 'sent', author: { kind: 'contact', id: 'v', name: 'V' }, ...change } as MessageOut;
}

const textsOf = (id = 'c1') => (pool.log.get(id) ?? []).map((one) => pool.message.get(one)?.text);

beforeEach(() => {
  beginSnapshot().settle([]);
  forgetEverything();
});

test('of a list fetched anew, what is no longer in it goes, and what came live meanwhile stays', () => {
  const tag = (id: string) => ({ id, label: id }) as ResultOut;
  apply({ upsert: { result: [tag('old'), tag('kept')] } });
  const whole = beginList('result');
  apply({ upsert: { result: [tag('new')] } });
  whole([tag('kept')]);
  expect([...pool.result.keys()].sort()).toEqual(['kept', 'new']);
});

describe('rows with a version', () => {
  test('a newer one replaces an older one', () => {
    apply({ upsert: { conversation: [conversation()] } });
    apply({ upsert: { conversation: [conversation({ version: 2, state: 'closed' })] } });
    expect(pool.conversation.get('c1')?.state).toBe('closed');
  });

  test('an older one that comes late changes nothing', () => {
    apply({ upsert: { conversation: [conversation({ version: 3, state: 'closed' })] } });
    apply({ upsert: { conversation: [conversation({ version: 2 })] } });
    expect(pool.conversation.get('c1')?.state).toBe('closed');
  });

  test('the same one twice is one', () => {
    apply({ upsert: { conversation: [conversation()] } });
    apply({ upsert: { conversation: [conversation()] } });
    expect(pool.conversation.size).toBe(1);
  });

  test('an unknown kind is passed over', () => {
    apply({ upsert: { ticket: [{ id: 't1' }], conversation: [conversation()] } as never });
    expect(pool.conversation.size).toBe(1);
  });
});

test('a row that is gone leaves', () => {
  apply({ upsert: { role: [{ id: 'r1' }] } as never });
  apply({ remove: { role: ['r1'] } });
  expect(pool.role.has('r1')).toBe(false);
});

describe('messages', () => {
  test('stand in order, however they come', () => {
    apply({ upsert: { message: [message(3), message(1)] } });
    apply({ upsert: { message: [message(2)] } });
    expect(textsOf()).toEqual(['text 1', 'text 2', 'text 3']);
  });

  test('a duplicate is one', () => {
    apply({ upsert: { message: [message(1), message(1)] } });
    apply({ upsert: { message: [message(1)] } }, 'list');
    expect(textsOf()).toEqual(['text 1']);
  });

  test('a state goes forward only', () => {
    apply({ upsert: { message: [message(1, { state: 'read' })] } });
    apply({ upsert: { message: [message(1, { state: 'delivered' })] } });
    expect(pool.message.get('m1')?.state).toBe('read');
  });

  test('an answer that comes late does not hide that a message has failed; a new try told live does', () => {
    apply({ upsert: { message: [message(1, { state: 'failed' })] } });
    apply({ upsert: { message: [message(1, { state: 'queued' })] } }, 'list');
    expect(pool.message.get('m1')?.state).toBe('failed');
    apply({ upsert: { message: [message(1, { state: 'queued' })] } });
    expect(pool.message.get('m1')?.state).toBe('queued');
  });

  test('a failed delivery is told whatever was before', () => {
    apply({ upsert: { message: [message(1, { state: 'sent' })] } });
    apply({ upsert: { message: [message(1, { state: 'failed' })] } });
    expect(pool.message.get('m1')?.state).toBe('failed');
  });

  test('conversations do not mix', () => {
    apply({ upsert: { message: [message(1), message(1, { id: 'other', conversation_id: 'c2', text: 'elsewhere' })] } });
    expect(textsOf('c2')).toEqual(['elsewhere']);
  });

  test('a hole is seen', () => {
    apply({ upsert: { message: [message(4), message(5), message(7)] } });
    expect(unbrokenUpTo('c1')).toBe(5);
    apply({ upsert: { message: [message(6)] } });
    expect(unbrokenUpTo('c1')).toBe(7);
  });

  test('an empty log has nothing unbroken', () => {
    expect(unbrokenUpTo('nowhere')).toBe(0);
  });
});

describe('a new snapshot', () => {
  test('takes away what is in no list any more', () => {
    apply({ upsert: { conversation: [conversation(), conversation({ id: 'c2' })] } });
    beginSnapshot().settle(['c2']);
    expect([...pool.conversation.keys()]).toEqual(['c2']);
  });

  test('keeps what the live connection told meanwhile', () => {
    apply({ upsert: { conversation: [conversation()] } });
    const snapshot = beginSnapshot();
    apply({ upsert: { conversation: [conversation({ version: 2 }), conversation({ id: 'c3' })] } });
    snapshot.settle([]);
    expect([...pool.conversation.keys()]).toEqual(['c1', 'c3']);
  });

  test('does not let a late list undo what live told', () => {
    const snapshot = beginSnapshot();
    apply({ upsert: { conversation: [conversation({ version: 7, state: 'closed' })] } });
    apply({ upsert: { conversation: [conversation({ version: 6 })] } }, 'list');
    snapshot.settle(['c1']);
    expect(pool.conversation.get('c1')?.state).toBe('closed');
  });
});

test('a live row that leaves something out does not take it away', () => {
  apply({ upsert: { channel: [{ id: 'w1', name: 'Shop', snippet: '<script>' }] as never } });
  apply({ upsert: { channel: [{ id: 'w1', name: 'The shop' }] as never } });
  expect(pool.channel.get('w1')).toMatchObject({ name: 'The shop', snippet: '<script>' });
});
