import { uuid } from '../kept/uuid';
import type { FilesPart, Session, Shown } from '../parts';
import type { Answers, View } from '../wire';
import { Asking } from './asking';
import type { EntryFile } from './outbox';
import { portions } from './portions';
import { Sender } from './sender';
import type { VisitorSession } from './session';
import { turns } from './turns';

const AGAIN = 3_000;

/**
 * What it takes to write, and to see all that was said. A page on which the chat stays closed does without: it is fetched
 * beside what it is built on, of which nothing is imported here but types.
 */
export class Writing implements Session {
  #files: Promise<FilesPart> | null = null;
  readonly #asking: Asking;
  readonly #sender: Sender;
  #shown: Shown | null = null;
  #shownAt = -1;

  constructor(readonly watch: VisitorSession) {
    this.#asking = new Asking(watch.setup.keep, watch.setup.config.form);
    this.#sender = this.#employ();
    watch.exchange.sender = this.#sender;
    this.#sender.flush();
  }

  #employ(): Sender {
    const { exchange, refused } = this.watch;
    const { api, connection, visitor, outbox } = exchange;
    const blobs = {
      get: (id: string) => this.picture(id),
      remove: async (id: string) => (await this.#withFiles()).blobs.remove(id),
    };
    return new Sender(outbox, blobs, {
      link: () => connection.link,
      frame: (message) => {
        connection.send({ type: 'send', ...message });
      },
      post: async (message) => api.request('messages', await visitor.ensure(), message),
      upload: async (file, name, progress) => {
        const [token, { upload }] = await Promise.all([visitor.ensure(), this.#withFiles()]);
        return upload(file, { url: `${api.origin}/api/webchat/files`, token, name, progress, refused });
      },
      confirmed: (message) => {
        exchange.add(message);
      },
      changed: () => {
        this.watch.changed();
      },
    });
  }

  /** Asked for until it comes: what was written with a file waits for it. */
  #withFiles(): Promise<FilesPart> {
    const attempt = (): Promise<FilesPart> =>
      this.watch.setup.files().catch(() => new Promise((go) => setTimeout(go, AGAIN)).then(attempt));
    return (this.#files ??= attempt());
  }

  shown(): Shown {
    if (this.#shown && this.#shownAt === this.watch.changes) return this.#shown;
    this.#shownAt = this.watch.changes;
    return (this.#shown = this.#show());
  }

  #show(): Shown {
    const { link, sound, exchange } = this.watch;
    const { log, outbox, known: visitor, typing } = exchange;
    const { conversation } = log;
    const entries = outbox.list();
    const said = { messages: log.messages(), conversation, readUpTo: log.readUpTo() };
    this.#asking.opened(conversation);
    return {
      ...this.watch.news(),
      visitor,
      conversation,
      asks: this.#asking.form(visitor, conversation, entries, exchange.visitor.token() !== null),
      turns: turns(said, entries, link, (id) => this.#sender.isMoving(id)),
      typing: typing.by,
      progress: this.#sender.progress,
      isMuted: sound.isMuted,
      link,
      online: navigator.onLine,
    };
  }

  subscribe(changed: () => void): () => void {
    return this.watch.subscribe(changed);
  }

  write(text: string, files: readonly File[]): void {
    const { exchange, page } = this.watch;
    const { outbox } = exchange;
    const kept: Promise<void>[] = [];
    for (const portion of portions(text, files)) {
      const listed = portion.files.map((file): EntryFile => {
        const id = uuid();
        kept.push(this.#withFiles().then(({ blobs }) => blobs.put(id, file)));
        return { id, name: file.name, size: file.size, type: file.type, stored: null };
      });
      const at = outbox.nextTime(Date.now());
      outbox.put({ id: uuid(), at, text: portion.text, files: listed, page: page(), form: this.#asking.answers() ?? {}, failed: null });
    }
    exchange.typing.sent();
    this.watch.changed();
    void Promise.all(kept).then(() => {
      this.warm();
      this.#sender.flush();
    });
  }

  retry(id: string): void {
    this.#sender.retry(id);
    this.watch.exchange.connection.wake();
  }

  discard(id: string): void {
    this.#sender.settle(id);
    this.watch.changed();
  }

  async #act(path: string, body: object): Promise<void> {
    const { api, visitor, log } = this.watch.exchange;
    log.stand((await api.request<View>(path, await visitor.ensure(), body)).conversation);
    this.watch.changed();
    await this.watch.exchange.fetch();
  }

  async end(): Promise<boolean> {
    return this.#act('close', {}).then(() => true, () => false);
  }

  async tell(what: string, said: object): Promise<string | null> {
    const conversation_id = this.watch.exchange.log.conversation?.id;
    return this.#act(what, { conversation_id, ...said }).then(() => null, (error: { code?: string }) => error.code ?? '');
  }

  warm(hasFiles = false): void {
    if (hasFiles) void this.#withFiles();
    this.watch.exchange.connection.start();
  }

  typing(): void {
    this.watch.exchange.typing.key(Date.now());
  }

  mute(isMuted: boolean): void {
    this.watch.sound.mute(isMuted);
    this.watch.changed();
  }

  attend(present: boolean): void {
    this.watch.attend(present);
  }

  async picture(fileId: string): Promise<Blob | null> {
    return (await this.#withFiles()).blobs.get(fileId);
  }

  draft(what: 'text' | 'form', value?: string): string {
    const { drafts } = this.watch.setup;
    const name = what === 'text' ? 'draft' : 'draft-form';
    if (value !== undefined) drafts.set(name, value);
    return value ?? drafts.get(name) ?? '';
  }

  answer(form: Answers): void {
    this.#asking.keepAnswers(form);
    this.#sender.answer(form);
    this.watch.changed();
  }
}

export const begin = (watch: VisitorSession): Session => new Writing(watch);
