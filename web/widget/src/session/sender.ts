import type { Blobs } from '../kept/blobs';
import type { Link } from '../parts';
import type { Answers, Message, Outgoing, StoredFile } from '../wire';
import type { Refused } from './api';
import { isAboutForm } from './asking';
import type { Entry, EntryFile, Outbox } from './outbox';

export interface Ways {
  link(): Link;
  /** Over the socket; the answer comes later as ack or error. */
  frame(message: Outgoing): void;
  /** Over HTTP, where no socket can be had. */
  post(message: Outgoing): Promise<Message>;
  upload(file: Blob, name: string, progress: (share: number) => void): Promise<StoredFile>;
  confirmed(message: Message): void;
  changed(): void;
}

/** No ack within this time: the connection is taken for dead. */
const PATIENCE = 12_000;
/** An upload that breaks off so often while there is a connection is not the network's fault. */
const MOST_UPLOADS = 3;

/** Brings the outbox to the server, in order. Whatever happens to the connection, an entry leaves only when confirmed. */
export class Sender {
  readonly #inFlight = new Map<string, number>();
  readonly #uploading = new Set<string>();
  /** The server hung up on one of these. Over HTTP it says which, and why; over the socket it would hang up for ever. */
  readonly #suspects = new Set<string>();
  readonly #vain = new Map<string, number>();
  /** How much of a file is with the server. */
  readonly progress = new Map<string, number>();
  #posting = false;

  constructor(
    readonly outbox: Outbox,
    readonly blobs: Pick<Blobs, 'get' | 'remove'>,
    readonly ways: Ways,
  ) {}

  flush(): void {
    const link = this.ways.link();
    if (link !== 'live' && link !== 'polling') return;
    for (const entry of this.outbox.list()) {
      if (entry.failed) continue;
      const missing = entry.files.find((file) => !file.stored);
      if (missing) void this.#upload(entry, missing);
      else if (link === 'live' && !this.#inFlight.has(entry.id) && !this.#suspects.has(entry.id)) {
        this.#inFlight.set(entry.id, Date.now());
        this.ways.frame(outgoing(entry));
      }
    }
    void this.#post();
    this.ways.changed();
  }

  async #post(): Promise<void> {
    if (this.#posting) return;
    this.#posting = true;
    for (let entry = this.#next(); entry; entry = this.#next()) {
      this.#inFlight.set(entry.id, Date.now());
      try {
        this.ways.confirmed(await this.#attempt(entry, this.ways.post(outgoing(entry))));
      } catch {
        this.#inFlight.delete(entry.id);
        if (!this.outbox.get(entry.id)?.failed) break; // The network, not a refusal: the rest would not arrive either.
      }
    }
    this.#posting = false;
    this.ways.changed();
  }

  #next(): Entry | undefined {
    const link = this.ways.link();
    const goesByPost = (id: string): boolean => link === 'polling' || (link === 'live' && this.#suspects.has(id));
    return this.outbox.list().find((entry) => !entry.failed && goesByPost(entry.id) && entry.files.every((file) => file.stored));
  }

  async #upload(entry: Entry, file: EntryFile): Promise<void> {
    if (this.#uploading.has(entry.id)) return;
    this.#uploading.add(entry.id);
    try {
      const bytes = await this.blobs.get(file.id);
      if (!bytes) {
        this.refuse(entry.id, 'file_lost', '');
        return;
      }
      const stored = await this.#attempt(entry, this.#watched(file, bytes));
      const now = this.outbox.get(entry.id);
      if (!now) return;
      const files = now.files.map((one) => (one.id === file.id ? { ...one, stored } : one));
      this.outbox.put({ ...now, files });
    } catch {
      const times = (this.#vain.get(file.id) ?? 0) + 1;
      this.#vain.set(file.id, times);
      if (times >= MOST_UPLOADS && this.outbox.get(entry.id)?.failed === null) this.refuse(entry.id, '', '');
      return; // The next flush goes on where this one stopped.
    } finally {
      this.progress.delete(file.id);
      this.#uploading.delete(entry.id);
      this.ways.changed();
    }
    this.flush();
  }

  #watched(file: EntryFile, bytes: Blob): Promise<StoredFile> {
    this.progress.set(file.id, 0);
    return this.ways.upload(bytes, file.name, (share) => {
      this.progress.set(file.id, share);
      this.ways.changed();
    });
  }

  async #attempt<T>(entry: Entry, request: Promise<T>): Promise<T> {
    try {
      return await request;
    } catch (error) {
      // Its class stays where requests are made: this part names none of the others.
      const { final, code, detail } = error as Partial<Refused>;
      if (final) this.refuse(entry.id, code ?? '', detail ?? '');
      throw error;
    }
  }

  /** The server has it. */
  settle(id: string): void {
    const entry = this.outbox.get(id);
    this.#inFlight.delete(id);
    this.#suspects.delete(id);
    this.outbox.remove(id);
    for (const file of entry?.files ?? []) void this.blobs.remove(file.id);
  }

  refuse(id: string, code: string, detail: string): void {
    const entry = this.outbox.get(id);
    this.#inFlight.delete(id);
    if (entry) this.outbox.put({ ...entry, failed: { code, detail } });
    this.ways.changed();
  }

  retry(id: string): void {
    const entry = this.outbox.get(id);
    if (entry) this.outbox.put({ ...entry, failed: null });
    for (const file of entry?.files ?? []) this.#vain.delete(file.id);
    this.flush();
  }

  /** What was refused for want of the form goes out again with its answers. */
  answer(form: Answers): void {
    for (const entry of this.outbox.list()) {
      if (isAboutForm(entry)) this.outbox.put({ ...entry, form, failed: null });
    }
    this.flush();
  }

  /** The connection is gone: nobody knows whether these arrived, so they go out again, with the same ids. */
  lost(): void {
    this.#inFlight.clear();
  }

  /** The server hung up because of something that was on its way; false when none of ours was. */
  misread(): boolean {
    for (const id of this.#inFlight.keys()) this.#suspects.add(id);
    return this.#inFlight.size > 0;
  }

  isOverdue(now: number): boolean {
    return [...this.#inFlight.values()].some((since) => now - since > PATIENCE);
  }

  isMoving(id: string): boolean {
    return this.#inFlight.has(id) || this.#uploading.has(id);
  }
}

function outgoing(entry: Entry): Outgoing {
  const file_ids = entry.files.flatMap((file) => (file.stored ? [file.stored.id] : []));
  return { id: entry.id, text: entry.text, file_ids, page: entry.page, form: entry.form };
}
