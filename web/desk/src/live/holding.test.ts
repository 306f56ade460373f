import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ContactOut, ConversationOut, MessageOut, RecordOut } from '../api/types';
import { apply } from './apply';
import { forgetEverything, pool } from './entities';
import { forgetUnheld, hold } from './holding';

const conversation = (id: string, state: ConversationOut['state']) => ({ id, version: 1, state }) as ConversationOut;
const message = (id: string, conversation_id: string) => ({ id, conversation_id, seq: 1, state: 'sent', author: { id: 'v' } }) as MessageOut;

const leaving: (() => void)[] = [];
beforeEach(() => {
  forgetEverything();
  apply({
    upsert: {
      conversation: [conversation('mine', 'active'), conversation('open', 'closed'), conversation('over', 'closed')],
      message: [message('1', 'mine'), message('2', 'open'), message('3', 'over'), message('4', 'elsewhere')],
    },
  });
  leaving.push(hold(() => ['open']));
});
afterEach(() => leaving.splice(0).forEach((leave) => leave()));

test('of ended conversations only those that are held stay, with what was said in them', () => {
  forgetUnheld();
  expect([...pool.conversation.keys()]).toEqual(['mine', 'open']);
  expect([...pool.message.keys()]).toEqual(['1', '2']);
  expect([...pool.log.keys()]).toEqual(['mine', 'open']);
});

test('what is held no more goes the next time, and comes again when it is asked for', () => {
  leaving.splice(0).forEach((leave) => leave());
  forgetUnheld();
  expect([...pool.conversation.keys()]).toEqual(['mine']);
  apply({ upsert: { conversation: [conversation('open', 'closed')], message: [message('2', 'open')] } }, 'list');
  expect(pool.conversation.has('open')).toBe(true);
  expect(pool.log.get('open')).toEqual(['2']);
});

test('completed records go too, unless they are held or belong to a conversation that stays', () => {
  const record = (id: string, state: RecordOut['state'] = 'completed') => ({ id, version: 1, state }) as RecordOut;
  apply({ upsert: { record: [record('over'), record('to do', 'wrap_up'), record('of mine'), record('looked at')] } });
  apply({ upsert: { conversation: [{ ...conversation('mine', 'active'), service_record_id: 'of mine' }] } });
  leaving.push(hold(() => ['looked at']));
  forgetUnheld();
  expect([...pool.record.keys()]).toEqual(['to do', 'of mine', 'looked at']);
});

test('contacts go when no conversation and no record that stays is theirs, and nothing holds them', () => {
  const contact = (id: string) => ({ id, version: 1 }) as ContactOut;
  apply({ upsert: { contact: ['writes', 'served', 'listed', 'gone'].map(contact) } });
  apply({ upsert: { conversation: [{ ...conversation('mine', 'active'), contact_id: 'writes' }, { ...conversation('over', 'closed'), contact_id: 'gone' }] } });
  apply({ upsert: { record: [{ id: 'r', version: 1, state: 'open', contact_id: 'served' } as RecordOut] } });
  leaving.push(hold(() => ['listed']));
  forgetUnheld();
  expect([...pool.contact.keys()]).toEqual(['writes', 'served', 'listed']);
});
