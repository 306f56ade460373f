import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { Link } from '../parts';
import type { Outgoing } from '../wire';
import { Refused } from './api';
import { entry, keepOn, message, Shelf } from './make';
import { Outbox } from './outbox';
import { Sender, type Ways } from './sender';

const ids = (outbox: Outbox): string[] => outbox.list().map(({ id }) => id);

describe('the outbox', () => {
  test('keeps what was written over a reload, in the order of writing', () => {
    const shelf = new Shelf();
    const before = new Outbox(keepOn(shelf));
    before.put(entry('b', { at: before.nextTime(5) }));
    before.put(entry('a', { at: before.nextTime(5) }));
    expect(ids(new Outbox(keepOn(shelf)))).toEqual(['b', 'a']);
  });

  test('two tabs do not overwrite each other', () => {
    const shelf = new Shelf();
    const [one, other] = [new Outbox(keepOn(shelf)), new Outbox(keepOn(shelf))];
    one.put(entry('a', { at: 1 }));
    other.put(entry('b', { at: 2 }));
    one.remove('a');
    other.reload();
    expect(ids(other)).toEqual(['b']);
  });

  test('works in memory where the browser stores nothing', () => {
    const outbox = new Outbox(keepOn(null));
    outbox.put(entry('a'));
    outbox.reload();
    expect(ids(outbox)).toEqual(['a']);
  });

  test('throws away what it cannot read', () => {
    const shelf = new Shelf();
    shelf.setItem('test:out:x', '{"half');
    expect(ids(new Outbox(keepOn(shelf)))).toEqual([]);
    expect(shelf.length).toBe(0);
  });
});

describe('the sender', () => {
  let link: Link;
  let shelf: Shelf;
  let sent: Outgoing[];
  const sender = (given: Partial<Ways> = {}): Sender =>
    new Sender(new Outbox(keepOn(shelf)), { get: () => Promise.resolve(new Blob(['x'])), remove: () => Promise.resolve() }, {
      link: () => link,
      frame: (one) => sent.push(one),
      post: (one) => Promise.resolve(message(1, { client_id: one.id })),
      upload: (_, name) => Promise.resolve({ id: `stored ${name}`, name, size: 1, media_type: '', url: '', image: false }),
      confirmed: () => undefined,
      changed: () => undefined,
      ...given,
    });
  const sentIds = (): string[] => sent.map(({ id }) => id);

  beforeEach(() => {
    link = 'live';
    shelf = new Shelf();
    sent = [];
  });

  test('sends each entry once on one connection, and it stays until confirmed', () => {
    const one = sender();
    one.outbox.put(entry('a', { at: 1 }));
    one.outbox.put(entry('b', { at: 2 }));
    one.flush();
    one.flush();
    expect(sentIds()).toEqual(['a', 'b']);
    expect(ids(one.outbox)).toEqual(['a', 'b']);
    one.settle('a');
    expect(ids(one.outbox)).toEqual(['b']);
    expect(ids(new Outbox(keepOn(shelf)))).toEqual(['b']);
  });

  test('after a lost connection the unconfirmed go out again with the same ids, the confirmed do not', () => {
    const one = sender();
    one.outbox.put(entry('a', { at: 1 }));
    one.outbox.put(entry('b', { at: 2 }));
    one.flush();
    one.settle('a');
    one.lost();
    one.flush();
    expect(sentIds()).toEqual(['a', 'b', 'b']);
  });

  test('after a reload what was kept is sent once', () => {
    new Outbox(keepOn(shelf)).put(entry('a'));
    const one = sender();
    one.flush();
    one.flush();
    expect(sentIds()).toEqual(['a']);
  });

  test('without a line nothing is sent and nothing lost', () => {
    link = 'down';
    const one = sender();
    one.outbox.put(entry('a'));
    one.flush();
    expect(sent).toEqual([]);
    expect(ids(one.outbox)).toEqual(['a']);
  });

  test('what was refused waits for the visitor', () => {
    const one = sender();
    one.outbox.put(entry('a'));
    one.flush();
    one.refuse('a', 'blocked', 'No.');
    one.lost();
    one.flush();
    expect(sentIds()).toEqual(['a']);
    expect(one.outbox.get('a')?.failed).toEqual({ code: 'blocked', detail: 'No.' });
    one.retry('a');
    expect(sentIds()).toEqual(['a', 'a']);
  });

  test('an entry goes only after its files, and does not hold up the next', async () => {
    const one = sender();
    one.outbox.put(entry('a', { at: 1, files: [{ id: 'f', name: 'box.png', size: 1, type: 'image/png', stored: null }] }));
    one.outbox.put(entry('b', { at: 2 }));
    one.flush();
    expect(sentIds()).toEqual(['b']);
    await vi.waitFor(() => {
      expect(sentIds()).toEqual(['b', 'a']);
    });
    expect(sent[1]?.file_ids).toEqual(['stored box.png']);
  });

  test('over HTTP they go one after the other; a broken request leaves the rest for later', async () => {
    link = 'polling';
    const posted: string[] = [];
    let isBroken = true;
    const one = sender({
      post: (entry) => {
        if (entry.id === 'b' && isBroken) return Promise.reject(new TypeError('network'));
        posted.push(entry.id);
        return Promise.resolve(message(1, { client_id: entry.id }));
      },
      confirmed: (confirmed) => {
        one.settle(confirmed.client_id ?? '');
      },
    });
    for (const [at, id] of ['a', 'b', 'c'].entries()) one.outbox.put(entry(id, { at }));
    one.flush();
    await vi.waitFor(() => {
      expect(ids(one.outbox)).toEqual(['b', 'c']);
    });
    await new Promise((go) => setTimeout(go));
    isBroken = false;
    one.flush();
    await vi.waitFor(() => {
      expect(posted).toEqual(['a', 'b', 'c']);
    });
  });

  test('a refusal over HTTP marks that one and goes on', async () => {
    link = 'polling';
    const one = sender({
      post: (outgoing) =>
        outgoing.id === 'a' ? Promise.reject(new Refused(422, 'too_long', 'Too long.')) : Promise.resolve(message(1, { client_id: 'b' })),
      confirmed: () => {
        one.settle('b');
      },
    });
    one.outbox.put(entry('a', { at: 1 }));
    one.outbox.put(entry('b', { at: 2 }));
    one.flush();
    await vi.waitFor(() => {
      expect(ids(one.outbox)).toEqual(['a']);
    });
    expect(one.outbox.get('a')?.failed?.code).toBe('too_long');
  });

  test('when the server hangs up on something, what was on its way goes over HTTP and tells which it was', async () => {
    const one = sender({
      post: (outgoing) =>
        outgoing.id === 'a' ? Promise.reject(new Refused(400, 'invalid', 'No.')) : Promise.resolve(message(1, { client_id: 'b' })),
      confirmed: () => {
        one.settle('b');
      },
    });
    one.outbox.put(entry('a', { at: 1 }));
    one.outbox.put(entry('b', { at: 2 }));
    one.flush();
    one.misread();
    one.lost();
    one.flush();
    await vi.waitFor(() => {
      expect(ids(one.outbox)).toEqual(['a']);
    });
    expect(sentIds()).toEqual(['a', 'b']);
    expect(one.outbox.get('a')?.failed?.code).toBe('invalid');
  });

  test('an upload that ends after the visitor has gone brings nothing of theirs back', async () => {
    let end: () => void = () => undefined;
    const upload: Ways['upload'] = (_, name) =>
      new Promise((done) => {
        end = () => { done({ id: 'stored', name, size: 1, media_type: '', url: '', image: false }); };
      });
    const changed = vi.fn();
    const one = sender({ upload, changed });
    one.outbox.put(entry('a', { files: [{ id: 'f', name: 'film.mp4', size: 1, type: 'video/mp4', stored: null }] }));
    one.flush();
    await vi.waitFor(() => { expect(one.progress.size).toBe(1); });
    one.outbox.leave();
    shelf.removeItem('test:out:a');
    end();
    await vi.waitFor(() => { expect(one.progress.size).toBe(0); });
    expect(shelf.length).toBe(0);
  });

  test('an upload that breaks off again and again ends as not sent', async () => {
    const one = sender({ upload: () => Promise.reject(new TypeError('network')) });
    one.outbox.put(entry('a', { files: [{ id: 'f', name: 'film.mp4', size: 1, type: 'video/mp4', stored: null }] }));
    await vi.waitFor(() => {
      one.flush();
      expect(one.outbox.get('a')?.failed).not.toBeNull();
    });
    expect(sent).toEqual([]);
  });
});
