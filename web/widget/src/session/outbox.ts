import type { Keep } from '../kept/keep';
import type { Answers, StoredFile } from '../wire';

export interface EntryFile {
  id: string;
  name: string;
  size: number;
  type: string;
  /** Set once the bytes are with the server. */
  stored: StoredFile | null;
}

export interface Failure {
  code: string;
  detail: string;
}

/** A message that the server has not confirmed. */
export interface Entry {
  id: string;
  at: number;
  text: string;
  files: EntryFile[];
  page: string;
  /** What was answered before, if this may be the first message of a conversation. */
  form: Answers;
  failed: Failure | null;
}

const PREFIX = 'out:';

function read(text: string | null): Entry | null {
  try {
    const entry = JSON.parse(text ?? '') as Entry;
    return typeof entry.id === 'string' && Array.isArray(entry.files) ? entry : null;
  } catch {
    return null;
  }
}

/**
 * One stored value for each message, so that two tabs never overwrite each other's list. The id is made here and stays
 * the same over reloads: the server answers a repeated id with the message it already has.
 */
export class Outbox {
  readonly #entries = new Map<string, Entry>();

  constructor(readonly keep: Keep) {
    this.reload();
  }

  /** Reads again what is stored: another tab may have added or finished something. */
  reload(): void {
    this.#entries.clear();
    for (const name of this.keep.names(PREFIX)) {
      const entry = read(this.keep.get(name));
      if (entry) this.#entries.set(entry.id, entry);
      else this.keep.remove(name);
    }
  }

  list(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => a.at - b.at);
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  put(entry: Entry): void {
    this.#entries.set(entry.id, entry);
    this.keep.set(PREFIX + entry.id, JSON.stringify(entry));
  }

  remove(id: string): void {
    this.#entries.delete(id);
    this.keep.remove(PREFIX + id);
  }

  /** A time for the next entry that is later than that of all others: their order is the order of writing. */
  nextTime(now: number): number {
    return Math.max(now, ...this.list().map((entry) => entry.at + 1));
  }

  /** Another visitor from now on: files that the old one uploaded are not theirs. */
  renew(): void {
    for (const entry of this.list()) {
      this.put({ ...entry, files: entry.files.map((file) => ({ ...file, stored: null })) });
    }
  }

  /** This page is done with it: what is stored is for the next one, and nothing that ends late is stored any more. */
  leave(): void {
    this.#entries.clear();
  }

  static concerns(name: string): boolean {
    return name.startsWith(PREFIX);
  }
}
