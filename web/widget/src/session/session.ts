import type { Blobs } from '../kept/blobs';
import type { Keep } from '../kept/keep';
import { uuid } from '../kept/uuid';
import type { Session, SessionSetup, Shown } from '../parts';
import type { Answers, Identity } from '../wire';
import { Api } from './api';
import { Asking } from './asking';
import { Exchange } from './exchange';
import { type EntryFile, Outbox } from './outbox';
import { pageAddress } from './page';
import { portions } from './portions';
import { Progress } from './progress';
import { Seen } from './seen';
import { watchSurroundings } from './surroundings';
import { Sound } from './sound';
import { turns } from './turns';
import { Visitor } from './visitor';

/** What another tab has written is that tab's to send; after this time we do it, should that tab be gone. */
const ADOPT_AFTER = 5_000;

/** One visitor's conversation as the widget shows it, as long as the page lives. */
export class VisitorSession implements Session {
  readonly #exchange: Exchange;
  readonly #seen: Seen;
  readonly #progress: Progress;
  readonly #asking: Asking;
  readonly #sound: Sound;
  readonly #leave: () => void;
  readonly #subscribers = new Set<() => void>();
  #shown: Shown | null = null;
  #isTelling = false;
  #rung: string | null = null;
  #isPresent = false;

  constructor(
    setup: SessionSetup,
    readonly keep: Keep,
    readonly drafts: Keep,
    readonly blobs: Blobs,
  ) {
    this.#seen = new Seen(keep);
    this.#progress = new Progress(keep);
    this.#asking = new Asking(keep, setup.config.form);
    this.#sound = new Sound(keep, setup.config.sounds);
    this.#exchange = new Exchange(new Api(setup.origin, setup.key), setup.locale, keep, blobs, {
      changed: () => {
        this.#changed();
      },
      arrived: () => {
        this.#look();
        this.#ring();
      },
    });
    this.#leave = this.#watch();
    if (setup.identity) this.#exchange.visitor.identify(setup.identity);
    this.#exchange.resume();
  }

  #watch(): () => void {
    return watchSurroundings(this.keep, {
      back: () => {
        this.#exchange.connection.wake();
        this.#changed();
      },
      away: () => {
        this.#exchange.connection.sleep();
        this.#changed();
      },
      looked: () => {
        this.#look();
      },
      page: () => {
        this.#exchange.tellPage();
      },
      stored: (name) => {
        this.#elsewhere(name);
      },
    });
  }

  /** Another tab of the same visitor did something. */
  #elsewhere(name: string): void {
    const { outbox, sender, visitor, connection } = this.#exchange;
    if (Outbox.concerns(name)) {
      outbox.reload();
      setTimeout(() => {
        sender.flush();
      }, ADOPT_AFTER);
    } else if (Visitor.concerns(name)) {
      if (visitor.token()) connection.start();
      else this.#exchange.forgotten();
    }
    this.#changed();
  }

  #look(): void {
    const isNear = this.#isPresent && document.visibilityState === 'visible';
    this.#exchange.connection.isNear = isNear;
    const latest = this.#exchange.log.latest();
    if (isNear && this.#seen.mark(latest)) this.#exchange.tell({ type: 'seen', seq: latest.at(-1)?.seq ?? 0 });
    this.#changed();
  }

  /** An answer that the visitor does not see coming is to be heard, but not what was there when the page was loaded. */
  #ring(): void {
    const latest = this.#seen.unread(this.#exchange.log.latest()).at(-1)?.id ?? '';
    if (latest && this.#rung !== null && latest !== this.#rung) this.#sound.ring(latest);
    this.#rung = latest;
  }

  /** However much changes at once, it is told once. */
  #changed(): void {
    this.#shown = null;
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#remember();
      for (const tell of this.#subscribers) tell();
    });
  }

  #remember(): void {
    const { conversation, unread, link } = this.shown();
    const isKnown = link === 'live' || link === 'polling';
    if (isKnown) this.#progress.note(unread > 0 || (conversation !== null && conversation.state !== 'closed'));
  }

  shown(): Shown {
    if (this.#shown) return this.#shown;
    const { log, outbox, sender, connection } = this.#exchange;
    const link = navigator.onLine ? connection.link : 'down';
    const unread = this.#seen.unread(log.latest());
    const { conversation } = log;
    const entries = outbox.list();
    this.#asking.opened(conversation);
    return (this.#shown = {
      visitor: this.#exchange.known,
      asks: this.#asking.form(this.#exchange.known, conversation, entries, this.#exchange.visitor.token() !== null),
      conversation,
      turns: turns({ messages: log.messages(), conversation, readUpTo: log.readUpTo() }, entries, link, (id) => sender.isMoving(id)),
      typing: this.#exchange.typing.by,
      progress: sender.progress,
      isMuted: this.#sound.isMuted,
      link,
      online: navigator.onLine,
      unread: unread.length,
      latest: unread.at(-1) ?? null,
    });
  }

  subscribe(changed: () => void): () => void {
    this.#subscribers.add(changed);
    return () => this.#subscribers.delete(changed);
  }

  write(text: string, files: readonly File[]): void {
    const { outbox, sender } = this.#exchange;
    const kept: Promise<void>[] = [];
    for (const portion of portions(text, files)) {
      const listed = portion.files.map((file): EntryFile => {
        const id = uuid();
        kept.push(this.blobs.put(id, file));
        return { id, name: file.name, size: file.size, type: file.type, stored: null };
      });
      const at = outbox.nextTime(Date.now());
      outbox.put({ id: uuid(), at, text: portion.text, files: listed, page: pageAddress(), form: this.#asking.answers() ?? {}, failed: null });
    }
    this.#exchange.typing.sent();
    this.#changed();
    void Promise.all(kept).then(() => {
      this.warm();
      sender.flush();
    });
  }

  retry(id: string): void {
    this.#exchange.sender.retry(id);
    this.#exchange.connection.wake();
  }

  discard(id: string): void {
    this.#exchange.sender.settle(id);
    this.#changed();
  }

  end(): Promise<boolean> {
    return this.#exchange.end().then(
      () => true,
      () => false,
    );
  }

  warm(): void {
    this.#exchange.connection.start();
  }

  typing(): void {
    this.#exchange.typing.key(Date.now());
  }

  mute(isMuted: boolean): void {
    this.#sound.mute(isMuted);
    this.#changed();
  }

  attend(present: boolean): void {
    this.#isPresent = present;
    this.#look();
  }

  picture(fileId: string): Promise<Blob | null> {
    return this.blobs.get(fileId);
  }

  draft(what: 'text' | 'form', value?: string): string {
    const name = what === 'text' ? 'draft' : 'draft-form';
    if (value !== undefined) this.drafts.set(name, value);
    return value ?? this.drafts.get(name) ?? '';
  }

  identify(identity: Identity): void {
    this.#exchange.visitor.identify(identity);
  }

  answer(form: Answers): void {
    this.#asking.keepAnswers(form);
    this.#exchange.sender.answer(form);
    this.#changed();
  }

  stop(): void {
    this.#leave();
    this.#subscribers.clear();
    this.#exchange.stop();
  }
}
