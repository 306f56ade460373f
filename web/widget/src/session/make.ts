/** Smallest valid things for the tests. */

import { type Keep, keepUnder } from '../kept/keep';
import type { Conversation, Message } from '../wire';
import type { Entry } from './outbox';

export function message(seq: number, given: Partial<Message> = {}): Message {
  return {
    id: `m${String(seq)}${given.conversation_id ?? 'a'}`,
    conversation_id: 'a',
    seq,
    by: 'agent',
    name: 'Jonas',
    kind: 'text',
    text: `text ${String(seq)}`,
    files: [],
    event: null,
    at: new Date(1_000 * seq).toISOString(),
    client_id: null,
    ...given,
  };
}

export function conversation(id = 'a', given: Partial<Conversation> = {}): Conversation {
  return { id, state: 'active', agent_name: 'Jonas', queue_position: null, unread: 0, close_reason: null, ...given };
}

export function entry(id: string, given: Partial<Entry> = {}): Entry {
  return { id, at: 1, text: id, files: [], page: '', form: {}, failed: null, ...given };
}

/** A browser store that several "pages" can share. */
export class Shelf {
  readonly #values = new Map<string, string>();
  get length(): number {
    return this.#values.size;
  }
  key(i: number): string | null {
    return [...this.#values.keys()][i] ?? null;
  }
  getItem(name: string): string | null {
    return this.#values.get(name) ?? null;
  }
  setItem(name: string, value: string): void {
    this.#values.set(name, value);
  }
  removeItem(name: string): void {
    this.#values.delete(name);
  }
}

export function keepOn(shelf: Shelf | null): Keep {
  return keepUnder('test:', shelf);
}
