import { beforeEach, expect, test } from 'vitest';
import type { MessageOut } from '../../api/types';
import { apply } from '../../live/apply';
import { forgetEverything } from '../../live/entities';
import { lastSent } from './sent';

const record = { conversation_ids: ['earlier', 'talk'], last_sent: 'sent' as const };

function said(seq: number, change: Partial<MessageOut> = {}): MessageOut {
  const author = { kind: 'agent', id: 'jonas', name: 'Jonas' };
  return { id: `m${seq}`, conversation_id: 'talk', seq, kind: 'text', author, visibility: 'public', state: 'read', ...change } as MessageOut;
}

beforeEach(forgetEverything);

test('while nothing of the conversation is here it is as the list told', () => {
  expect(lastSent(record)).toBe('sent');
});

test('it is as far as the last message that went out; notes, events, the contact and what waits are none', () => {
  const contact = { kind: 'contact' as const, id: 'c', name: 'Kim' };
  const message = [said(1), said(2, { state: 'failed' }), said(3, { visibility: 'internal' }), said(4, { kind: 'event' })];
  apply({ upsert: { message: [...message, said(5, { author: contact }), said(6, { state: 'queued' })] } });
  expect(lastSent(record)).toBe('failed');
});

test('a channel that says nothing of it has none', () => {
  apply({ upsert: { message: [said(1)] } });
  expect(lastSent({ ...record, last_sent: null })).toBeNull();
});
