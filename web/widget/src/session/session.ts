import type { Link, News, Session, SessionSetup, Watch } from '../parts';
import type { Hours, Identity } from '../wire';
import { Api, refused } from './api';
import { Exchange } from './exchange';
import { Outbox } from './outbox';
import { pageAddress } from './page';
import { Progress } from './progress';
import { Seen } from './seen';
import { watchSurroundings } from './surroundings';
import { Sound } from './sound';
import { Visitor } from './visitor';

/** What another tab has written is that tab's to send; after this time we do it, should that tab be gone. */
const ADOPT_AFTER = 5_000;

/** One visitor's conversation as long as the page lives: what is new in it, and a line to the server. */
export class VisitorSession implements Watch {
  readonly exchange: Exchange;
  readonly #seen: Seen;
  readonly #progress: Progress;
  readonly sound: Sound;
  readonly #leave: () => void;
  readonly #subscribers = new Set<() => void>();
  /** Goes up with everything that changes. */
  changes = 0;
  readonly refused = refused;
  readonly page = pageAddress;
  #writing: Promise<Session> | null = null;
  #isTelling = false;
  #rung: string | null = null;
  #isPresent = false;

  constructor(readonly setup: SessionSetup) {
    const { keep } = setup;
    this.#seen = new Seen(keep);
    this.#progress = new Progress(keep);
    this.sound = new Sound(keep, setup.config.sounds);
    this.exchange = new Exchange(new Api(setup.origin, setup.key), setup.locale, keep, {
      changed: () => {
        this.changed();
      },
      arrived: () => {
        this.#look();
        this.#ring();
      },
      hours: this.#keepTo,
      pending: () => {
        this.session().catch(() => undefined); // It is tried again with the next beat.
      },
    });
    this.#leave = this.#watch();
    if (setup.identity) this.exchange.visitor.identify(setup.identity);
    this.exchange.resume();
  }

  session(): Promise<Session> {
    return (this.#writing ??= this.setup.writing().then(
      ({ begin }) => begin(this),
      (error: unknown) => {
        this.#writing = null;
        throw error;
      },
    ));
  }

  #watch(): () => void {
    return watchSurroundings(this.setup.keep, {
      back: () => {
        this.exchange.connection.wake();
        this.changed();
      },
      away: () => {
        this.exchange.connection.sleep();
        this.changed();
      },
      looked: () => {
        this.attend(this.#isPresent);
      },
      page: () => {
        this.exchange.tellPage();
      },
      stored: (name) => {
        this.#elsewhere(name);
      },
    });
  }

  get link(): Link {
    return navigator.onLine ? this.exchange.connection.link : 'down';
  }

  /** Another tab of the same visitor did something. */
  #elsewhere(name: string): void {
    const { outbox, visitor, connection } = this.exchange;
    if (Outbox.concerns(name)) {
      outbox.reload();
      setTimeout(() => {
        this.exchange.sender?.flush();
      }, ADOPT_AFTER);
    } else if (Visitor.concerns(name)) {
      if (visitor.token()) connection.start();
      else this.exchange.forgotten();
    }
    this.changed();
  }

  #look(): void {
    const isNear = this.#isPresent && document.visibilityState === 'visible';
    this.exchange.connection.isNear = isNear;
    const latest = this.exchange.log.latest();
    if (isNear && this.#seen.mark(latest)) this.exchange.tell({ type: 'seen', seq: latest.at(-1)?.seq ?? 0 });
    this.changed();
  }

  readonly #keepTo = ({ closed_from, opens_at }: Hours): void => {
    Object.assign(this.setup.config, { closed_from, opens_at });
    this.changed();
  };

  /** An answer that the visitor does not see coming is to be heard, but not what was there when the page was loaded. */
  #ring(): void {
    const latest = this.#seen.unread(this.exchange.log.latest()).at(-1)?.id ?? '';
    if (latest && this.#rung !== null && latest !== this.#rung) this.sound.ring(latest);
    this.#rung = latest;
  }

  /** However much changes at once, it is told once. */
  changed(): void {
    this.changes += 1;
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#remember();
      for (const tell of this.#subscribers) tell();
    });
  }

  #remember(): void {
    const { link } = this;
    const { conversation } = this.exchange.log;
    const isKnown = link === 'live' || link === 'polling';
    if (isKnown) this.#progress.note(conversation !== null);
  }

  news(): News {
    const unread = this.#seen.unread(this.exchange.log.latest());
    return { unread: unread.length, latest: unread.at(-1) ?? null };
  }

  subscribe(changed: () => void): () => void {
    this.#subscribers.add(changed);
    return () => this.#subscribers.delete(changed);
  }

  attend(present: boolean): void {
    this.#isPresent = present;
    this.#look();
    // Whoever is not connected does not hear that hours were changed since the page was loaded.
    if (present && this.link !== 'live') this.exchange.api.request<Hours>(this.setup.key, null).then(this.#keepTo, () => undefined);
  }

  identify(identity: Identity): void {
    this.exchange.visitor.identify(identity);
  }

  stop(): void {
    this.#leave();
    this.#subscribers.clear();
    this.exchange.stop();
  }
}
