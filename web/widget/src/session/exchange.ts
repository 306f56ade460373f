import type { Keep } from '../kept/keep';
import type { FromServer, Hours, Message, Resume, ToServer, View, Visitor as Known } from '../wire';
import type { Api } from './api';
import { Connection } from './connection';
import { Log } from './log';
import { Outbox } from './outbox';
import { pageAddress } from './page';
import type { Sender } from './sender';
import { Typing } from './typing';
import { Visitor } from './visitor';

const BEAT = 4_000;
const HEAL_AFTER = 1_200;

export interface ExchangeEvents {
  /** Something is different from before. */
  changed(): void;
  /** Messages came in. */
  arrived(): void;
  hours(hours: Hours): void;
  /** Something waits to be sent, and there is nobody yet who sends. */
  pending(): void;
}

/** Between this browser and the server: what comes in goes into the log, what is written leaves the outbox. */
export class Exchange {
  readonly log = new Log();
  readonly outbox: Outbox;
  /** Comes with the chat, or when something waits to be sent. */
  sender: Sender | null = null;
  readonly visitor: Visitor;
  readonly connection: Connection;
  readonly #beat: ReturnType<typeof setInterval>;
  /** What the server knows of the visitor; nothing before it was asked. */
  known: Known | null = null;
  readonly typing = new Typing(
    () => {
      this.tell({ type: 'typing' });
    },
    () => {
      this.events.changed();
    },
  );
  #isPlain = false;
  #heal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly api: Api,
    locale: string,
    keep: Keep,
    readonly events: ExchangeEvents,
  ) {
    this.visitor = new Visitor(keep, api, locale, (view) => {
      if (view) this.known = view.visitor;
      else this.forgotten();
      if (this.outbox.list().length) this.connection.start();
      events.changed();
    });
    this.outbox = new Outbox(keep);
    this.connection = new Connection(api.origin, {
      token: () => this.visitor.ensure(),
      resume: () => this.log.resume(),
      frame: (frame, asked) => {
        this.#frame(frame, asked);
      },
      fetch: () => this.fetch(),
      misread: () => {
        // Nothing of ours can be wrong but what an older server does not know.
        if (!this.sender?.misread()) this.#isPlain = true;
      },
      rejected: (refused) => {
        this.#rejected(refused);
      },
      link: (link) => {
        if (link === 'live') this.tellPage();
        else this.sender?.lost();
        this.sender?.flush();
        events.changed();
      },
    });
    this.#beat = setInterval(() => {
      if (this.sender?.isOverdue(Date.now())) this.connection.restart();
      else if (this.sender) this.sender.flush();
      else if (this.outbox.list().length) events.pending();
    }, BEAT);
  }

  /** Says something that is no message, and that may be lost. */
  tell(frame: ToServer): void {
    if (!this.#isPlain) this.connection.send(frame);
  }

  /** Someone known has something to go on with. A stranger is greeted only when they begin to write. */
  resume(): void {
    const isPending = this.outbox.list().length > 0;
    if (isPending) this.events.pending();
    if (this.visitor.token() || isPending) this.connection.start();
  }

  tellPage(): void {
    this.connection.send({ type: 'page', url: pageAddress() });
  }

  stop(): void {
    clearInterval(this.#beat);
    clearTimeout(this.#heal);
    this.typing.stop();
    this.connection.stop();
    this.visitor.leave();
    this.outbox.leave();
  }

  #frame(frame: FromServer, asked: Resume): void {
    const { hours } = frame as { hours?: Hours };
    if (hours) this.events.hours(hours);
    if (frame.type === 'snapshot') this.#take(frame, asked);
    else if (frame.type === 'message' || frame.type === 'ack') this.add(frame.message);
    else if (frame.type === 'state') this.log.stand(frame.conversation);
    else if (frame.type === 'typing') this.typing.heard(frame.name);
    if (frame.type === 'ack') this.sender?.settle(frame.id);
    if (frame.type === 'error' && frame.id) this.sender?.refuse(frame.id, frame.code, frame.detail);
    this.events.changed();
  }

  #take(view: View, asked: Resume): void {
    this.log.take(view, asked);
    this.known = view.visitor;
    for (const message of view.messages) if (message.client_id) this.sender?.settle(message.client_id);
    this.events.arrived();
  }

  add(message: Message): void {
    this.log.add(message);
    if (message.by !== 'contact') this.typing.stop();
    if (message.client_id) this.sender?.settle(message.client_id);
    if (this.log.hasHole()) this.#healSoon();
    this.events.arrived();
  }

  /** A number is missing: an internal note, or a message that got lost on the way. Only the server can tell. */
  #healSoon(): void {
    this.#heal ??= setTimeout(() => {
      this.#heal = undefined;
      if (this.log.hasHole()) this.fetch().catch(() => undefined);
    }, HEAL_AFTER);
  }

  async fetch(): Promise<void> {
    const asked = this.log.resume();
    const token = await this.visitor.ensure();
    const view = await this.api.view(token, asked);
    // Whoever this was asked for may have gone meanwhile.
    if (token === this.visitor.token()) this.#take(view, asked);
  }

  /** The visitor is another one from now on. */
  forgotten(): void {
    this.log.clear();
    this.known = null;
    this.sender?.lost();
    this.outbox.renew();
    this.connection.stop();
  }

  #rejected(token: string): void {
    this.visitor.forget(token);
    this.log.clear();
    this.known = null;
    this.sender?.lost();
    this.outbox.renew();
    // Nothing to say: no new visitor before the next word.
    if (!this.outbox.list().length) this.connection.stop();
  }
}
