import type { Link } from '../parts';
import type { FromServer, Resume, ToServer } from '../wire';
import { backoff } from './backoff';
import { Refused } from './api';
import { Socket } from './socket';

export interface ConnectionEvents {
  token(): Promise<string>;
  resume(): Resume;
  frame(frame: FromServer, asked: Resume): void;
  /** Fetches over HTTP what is new. */
  fetch(): Promise<void>;
  /** The server could not read what we sent and closed. */
  misread(): void;
  /** Nobody knows this token. */
  rejected(token: string): void;
  link(link: Link): void;
}

const SIGNED_OUT = 4401;
const BAD_FRAME = 4400;
const RESTART = 1012;
/** A server that restarts cuts off everybody in the same moment; they come back spread over this time. */
const SPREAD = 4_000;
/** So many vain attempts, and HTTP helps out: some company networks let no WebSocket through. */
const PATIENCE = 2;
const POLL_NEAR = 3_000;
const POLL_FAR = 15_000;
/** While polling serves, or nothing can, the socket is tried again only now and then. */
const LONG_WAIT = 30_000;

/** Keeps a line to the server: the socket, else polling, else patience. */
export class Connection {
  link: Link = 'idle';
  isNear = false;
  #attempt = 0;
  #socket: Socket | null = null;
  #isOpening = false;
  #isWanted = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly origin: string,
    readonly events: ConnectionEvents,
  ) {}

  start(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#attempt = 0;
    this.#open();
  }

  stop(): void {
    this.#isWanted = false;
    this.#drop();
    this.#set('idle');
  }

  send(frame: ToServer): void {
    if (this.link === 'live') this.#socket?.send(frame);
  }

  /** The network is said to be back, or the visitor looks again: no reason to wait for the next attempt. */
  wake(): void {
    if (!this.#isWanted) return;
    if (this.link === 'live') this.#socket?.probe();
    else {
      this.#attempt = 0;
      this.#open();
    }
  }

  /** The network is said to be gone: believe it at once, the socket would notice only after a long silence. */
  sleep(): void {
    if (!this.#isWanted) return;
    this.#drop();
    this.#set('down');
    this.#later();
  }

  /** Starts over with a new snapshot. */
  restart(): void {
    this.#socket?.close();
  }

  #set(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    this.events.link(link);
  }

  #drop(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#poll);
    this.#poll = undefined;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #open(): void {
    clearTimeout(this.#retry);
    if (this.#socket || this.#isOpening || !this.#isWanted) return;
    if (this.link === 'idle') this.#set('connecting');
    this.#isOpening = true;
    this.events.token().then(
      (token) => {
        this.#isOpening = false;
        if (this.#isWanted) this.#connect(token);
      },
      () => {
        this.#isOpening = false;
        this.#failed();
      },
    );
  }

  #connect(token: string): void {
    const asked = this.events.resume();
    try {
      const socket = new Socket(this.origin, { token, ...asked }, {
        frame: (frame) => {
          if (frame.type === 'snapshot') this.#isLive();
          this.events.frame(frame, asked);
          if (frame.type === 'snapshot') this.#set('live');
        },
        gone: (code) => {
          if (this.#socket !== socket) return;
          this.#socket = null;
          if (code === SIGNED_OUT) this.events.rejected(token);
          if (code === BAD_FRAME) this.events.misread();
          this.#failed(code === RESTART ? Math.random() * SPREAD : 0);
        },
      });
      this.#socket = socket;
    } catch {
      this.#failed(); // The host's policy may forbid the socket outright.
    }
  }

  #isLive(): void {
    this.#attempt = 0;
    clearTimeout(this.#poll);
    this.#poll = undefined;
  }

  #failed(extra = 0): void {
    if (!this.#isWanted) return;
    this.#attempt += 1;
    if (this.link === 'live') this.#set('connecting');
    if (this.#attempt >= PATIENCE) this.#startPolling();
    this.#later(extra);
  }

  #later(extra = 0): void {
    clearTimeout(this.#retry);
    const wait = extra + backoff(Math.max(0, this.#attempt - 1));
    // The browser tells when the network is back. It may be wrong about its absence, so there are attempts, but few.
    const isPatient = this.link === 'polling' || !navigator.onLine;
    this.#retry = setTimeout(() => {
      this.#open();
    }, isPatient ? Math.max(wait, LONG_WAIT) : wait);
  }

  #startPolling(): void {
    if (this.#poll !== undefined) return;
    this.#poll = setTimeout(() => void this.#pollOnce(), 0);
  }

  async #pollOnce(): Promise<void> {
    let token = '';
    try {
      token = await this.events.token();
      await this.events.fetch();
      if (this.#poll !== undefined) this.#set('polling');
    } catch (error) {
      if (error instanceof Refused && error.isSignedOut) this.events.rejected(token);
      if (this.#poll !== undefined) this.#set('down');
    }
    if (this.#poll === undefined) return; // The socket came back meanwhile.
    const wait = this.link === 'polling' ? (this.isNear ? POLL_NEAR : POLL_FAR) : backoff(this.#attempt);
    this.#poll = setTimeout(() => void this.#pollOnce(), wait);
  }
}
