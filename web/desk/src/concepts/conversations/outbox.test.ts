import { afterEach, describe, expect, test, vi } from 'vitest';
import { Problem } from '../../api/client';
import type { MessageIn, MessageOut } from '../../api/types';
import { createOutbox, type Accepted, type Outgoing } from './outbox';

const refusal = (status: number, code: string, extra: object = {}) => new Problem({ title: code, status, detail: '', code, ...extra });
const draft = (text: string) => ({ conversationId: 'c1', text, visibility: 'public' as const, files: [], seenUpTo: 4 });

function desk(answers: (Error | 'ok')[]) {
  const posted: MessageIn[] = [];
  const confirmed: Accepted[] = [];
  const guarded: { message: Outgoing; newer: MessageOut[] }[] = [];
  const outbox = createOutbox({
    async post(conversationId, message) {
      posted.push(message);
      const answer = answers.shift() ?? 'ok';
      if (answer !== 'ok') throw answer;
      return { id: `server-${message.id}`, client_id: message.id, conversation_id: conversationId, text: message.text } as MessageOut;
    },
    confirmed: (message) => confirmed.push(message),
    leaving: () => Promise.resolve(3),
    discarded: () => {},
    guarded: (message, newer) => guarded.push({ message, newer }),
  });
  return { outbox, posted, confirmed, guarded };
}

afterEach(() => void vi.unstubAllGlobals());

describe('sending', () => {
  test('works over plain http, where a browser makes no ids of its own', async () => {
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) });
    const { outbox, posted } = desk([]);
    await outbox.send(draft('hello'));
    expect(posted[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('a message is on the screen at once and gone when the server has it', async () => {
    const { outbox, confirmed } = desk([]);
    const sent = outbox.send(draft('hello'));
    expect([...outbox.items.values()]).toMatchObject([{ text: 'hello', state: 'sending' }]);
    await sent;
    expect(outbox.items.size).toBe(0);
    expect(confirmed).toMatchObject([{ text: 'hello' }]);
  });

  test('a template goes beside what is being written, whose draft stays', async () => {
    const { outbox, posted } = desk([]);
    const template = { name: 'order', language: 'es', values: { '1': 'Ana' } };
    await outbox.send({ ...draft('Hola Ana'), template });
    expect(posted[0]).toMatchObject({ text: 'Hola Ana', template, draft: null });
  });

  test('what was seen travels with it', async () => {
    const { outbox, posted } = desk([]);
    await outbox.send(draft('hello'));
    expect(posted[0]).toMatchObject({ seen_up_to: 4, anyway: false, visibility: 'public', draft: 3 });
  });

  test('two messages go one after the other', async () => {
    const order: string[] = [];
    let release = () => {};
    const outbox = createOutbox({
      async post(_, message) {
        order.push(`start ${message.text}`);
        if (message.text === 'first') await new Promise<void>((resolve) => (release = resolve));
        order.push(`end ${message.text}`);
        return {} as MessageOut;
      },
      confirmed: () => {},
      leaving: () => Promise.resolve(0),
      discarded: () => {},
      guarded: () => {},
    });
    const first = outbox.send(draft('first'));
    const second = outbox.send(draft('second'));
    await vi.waitFor(() => expect(order).toEqual(['start first']));
    release();
    await Promise.all([first, second]);
    expect(order).toEqual(['start first', 'end first', 'start second', 'end second']);
  });
});

describe('a failure', () => {
  test('keeps the message with its reason', async () => {
    const { outbox } = desk([refusal(0, 'no_connection')]);
    await outbox.send(draft('hello'));
    expect([...outbox.items.values()]).toMatchObject([{ state: 'failed', problem: { code: 'no_connection' } }]);
  });

  test('a retry goes under the same id', async () => {
    const { outbox, posted } = desk([refusal(0, 'no_connection')]);
    await outbox.send(draft('hello'));
    const [failed] = [...outbox.items.keys()];
    await outbox.retry(failed!);
    expect(posted[1]?.id).toBe(posted[0]?.id);
    expect(outbox.items.size).toBe(0);
  });

  test('two quick retries send once', async () => {
    const { outbox, posted } = desk([refusal(0, 'no_connection')]);
    await outbox.send(draft('hello'));
    const [failed] = [...outbox.items.keys()];
    await Promise.all([outbox.retry(failed!), outbox.retry(failed!)]);
    expect(posted).toHaveLength(2);
  });

  test('can be discarded, but not while it is on its way', async () => {
    const { outbox } = desk([refusal(409, 'conversation_closed')]);
    const sent = outbox.send(draft('hello'));
    const [id] = [...outbox.items.keys()];
    outbox.discard(id!);
    expect(outbox.items.size).toBe(1);
    await sent;
    outbox.discard(id!);
    expect(outbox.items.size).toBe(0);
  });

  test('does not hold up the next message', async () => {
    const { outbox, confirmed } = desk([refusal(0, 'no_connection')]);
    await Promise.all([outbox.send(draft('lost')), outbox.send(draft('arrives'))]);
    expect(confirmed).toMatchObject([{ text: 'arrives' }]);
    expect([...outbox.items.values()]).toMatchObject([{ text: 'lost', state: 'failed' }]);
  });
});

describe('the send guard', () => {
  const newer = [{ id: 'm5', seq: 5, text: 'I answered already' }] as MessageOut[];

  test('gives the message back with what is new', async () => {
    const { outbox, guarded } = desk([refusal(409, 'newer_messages', { messages: newer })]);
    await outbox.send(draft('hello'));
    expect(outbox.items.size).toBe(0);
    expect(guarded).toMatchObject([{ message: { text: 'hello' }, newer: [{ seq: 5 }] }]);
  });

  test('"send anyway" goes under the same id and says so', async () => {
    const { outbox, posted, guarded } = desk([refusal(409, 'newer_messages', { messages: newer })]);
    await outbox.send(draft('hello'));
    await outbox.send({ ...draft('hello'), id: guarded[0]!.message.id, anyway: true });
    expect(posted[1]).toMatchObject({ id: posted[0]!.id, anyway: true });
  });
});
