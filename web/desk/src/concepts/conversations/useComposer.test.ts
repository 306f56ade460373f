import { beforeEach, describe, expect, test, vi } from 'vitest';
import { effectScope, ref } from 'vue';
import type { ConversationOut, MessageOut } from '../../api/types';
import { api, Problem } from '../../api/client';
import { outbox } from './drafts';
import { hindersNote, hindranceOf, useComposer } from './useComposer';
import { writingOf } from './writings';

vi.mock('../session', () => ({ session: { at: 'in', agentId: 'me' }, me: { value: null }, may: (permission: string) => permission === 'conversation.reply' }));
vi.mock('../../live/socket', () => ({ live: { state: 'live', behind: 0 }, startLive() {}, stopLive() {}, sayTyping() {} }));

const conversation = (change: Partial<ConversationOut> = {}) => ({ id: crypto.randomUUID(), state: 'active', agent_id: 'me', ...change }) as ConversationOut;

function composer(row = conversation(), seen = 7) {
  return effectScope().run(() => useComposer(ref(row), ref(seen)))!;
}

describe('what stands in the way', () => {
  test.each([
    ['closed', 'live', 'closed'],
    ['active', 'reconnecting', 'offline'],
    ['active', 'behind', 'behind'],
    ['waiting', 'live', 'waiting'],
    ['bot', 'live', 'bot'],
    ['active', 'live', null],
  ])('%s while %s: %s', (state, connection, expected) => {
    expect(hindranceOf(conversation({ state: state as ConversationOut['state'] }), connection, 'me')).toBe(expected);
  });

  test('who was only asked in takes nothing out of the queue', () => {
    expect(hindranceOf(conversation({ state: 'waiting' }), 'live', 'me', 'guest')).toBe('guest');
    expect(hindranceOf(conversation({ state: 'closed' }), 'live', 'me', 'guest')).toBe('closed');
  });

  test.each(['elsewhere', 'reader'] as const)('%s: neither answer nor note, whatever else is the matter', (part) => {
    expect(hindranceOf(conversation(), 'live', 'me', part)).toBe(part);
    expect(hindranceOf(conversation({ state: 'closed' }), 'reconnecting', 'me', part)).toBe(part);
    expect(hindersNote('live', part)).toBe(true);
  });

  test('a colleague serves it', () => {
    expect(hindranceOf(conversation({ agent_id: 'mei' }), 'live', 'me')).toBe('foreign');
  });

  test('a note needs nothing but the connection', () => {
    expect(hindersNote('live')).toBe(false);
    expect(hindersNote('reconnecting')).toBe(true);
  });
});

describe('sending from the composer', () => {
  beforeEach(() => {
    outbox.items.clear();
    vi.restoreAllMocks();
  });

  test('empties it at once and says what was seen', async () => {
    const post = vi.spyOn(api, 'post').mockResolvedValue({ id: 'x', conversation_id: 'c', seq: 8, author: { id: 'me' } } as MessageOut);
    const { writing, send } = composer();
    writing.value.text = '  hello  ';
    send();
    expect(writing.value.text).toBe('');
    await vi.waitFor(() => expect(outbox.items.size).toBe(0));
    expect(post.mock.calls[0]?.[1]).toMatchObject({ text: 'hello', seen_up_to: 7, visibility: 'public' });
  });

  test('what could not be taken for sending still stands in the field', () => {
    vi.spyOn(outbox, 'send').mockImplementation(() => {
      throw new Error('no ids here');
    });
    const { writing, send } = composer();
    writing.value.text = 'hello';
    expect(send).toThrow();
    expect(writing.value.text).toBe('hello');
  });

  test('an empty one sends nothing', () => {
    const post = vi.spyOn(api, 'post');
    const { writing, send, maySend } = composer();
    writing.value.text = '   ';
    send();
    expect(maySend.value).toBe(false);
    expect(post).not.toHaveBeenCalled();
  });

  test('the guard gives the text back and holds until it is looked at', async () => {
    const newer = [{ id: 'm8', conversation_id: 'c', seq: 8, author: { kind: 'agent', id: 'mei', name: 'Mei' }, at: '2026-01-01T00:00:00Z' }];
    const refused = new Problem({ title: '', detail: '', status: 409, code: 'newer_messages', messages: newer });
    const post = vi.spyOn(api, 'post').mockRejectedValueOnce(refused).mockResolvedValue({ id: 'x', conversation_id: 'c', seq: 9, author: { id: 'me' } } as MessageOut);
    const { writing, send, guarded, lookedAt } = composer();
    writing.value.text = 'hello';
    send();
    await vi.waitFor(() => expect(guarded.value).toBe(true));
    expect(writing.value).toMatchObject({ text: 'hello', newerFrom: 8, guard: { name: 'Mei' } });
    send();
    expect(post).toHaveBeenCalledTimes(1);
    lookedAt();
    send();
    await vi.waitFor(() => expect(post).toHaveBeenCalledTimes(2));
    expect(writing.value.text).toBe('');
  });

  test('"send anyway" keeps the id of the first try', async () => {
    const refused = new Problem({ title: '', detail: '', status: 409, code: 'newer_messages', messages: [] });
    const post = vi.spyOn(api, 'post').mockRejectedValueOnce(refused).mockResolvedValue({ id: 'x', conversation_id: 'c', seq: 9, author: { id: 'me' } } as MessageOut);
    const { writing, send, guarded } = composer();
    writing.value.text = 'hello';
    send();
    await vi.waitFor(() => expect(guarded.value).toBe(true));
    send(true);
    await vi.waitFor(() => expect(post).toHaveBeenCalledTimes(2));
    const [first, second] = post.mock.calls.map((call) => call[1] as { id: string; anyway: boolean });
    expect(second).toMatchObject({ id: first?.id, anyway: true });
  });

  test('each conversation keeps its own draft', () => {
    const one = conversation();
    composer(one).writing.value.text = 'half a sentence';
    composer(conversation()).writing.value.text = 'another';
    expect(writingOf(one.id).text).toBe('half a sentence');
  });
});
