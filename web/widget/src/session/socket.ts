import type { FromServer, Resume, ToServer } from '../wire';

const HELLO_WITHIN = 10_000;
/** Whatever the other side says meanwhile: it wants to hear from us, too. */
const PING_EVERY = 20_000;
const ANSWER_WITHIN = 8_000;

export interface SocketEvents {
  frame(frame: FromServer): void;
  /** Once, however the connection ended. */
  gone(code: number): void;
}

/** One connection, from hello to its end. It ends itself when the other side has fallen silent. */
export class Socket {
  readonly #socket: WebSocket;
  readonly #beat: ReturnType<typeof setInterval>;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #isGone = false;

  constructor(
    origin: string,
    hello: Resume & { token: string },
    readonly events: SocketEvents,
  ) {
    const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/api/webchat/live`);
    this.#socket = socket;
    this.#expect(HELLO_WITHIN);
    this.#beat = setInterval(() => {
      this.probe();
    }, PING_EVERY);
    socket.onopen = () => {
      this.send({ type: 'hello', ...hello });
    };
    socket.onmessage = (event) => {
      this.#heard(event.data);
    };
    socket.onclose = (event) => {
      this.#end(event.code);
    };
  }

  #heard(data: unknown): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
    try {
      this.events.frame(JSON.parse(String(data)) as FromServer);
    } catch {
      this.close(); // Not our protocol, or a frame we cannot take in: start over from a snapshot.
    }
  }

  #expect(within: number): void {
    this.#deadline ??= setTimeout(() => {
      this.close();
    }, within);
  }

  send(frame: ToServer): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Asks for a sign of life. */
  probe(): void {
    this.send({ type: 'ping' });
    this.#expect(ANSWER_WITHIN);
  }

  close(): void {
    this.#end(0);
  }

  #end(code: number): void {
    if (this.#isGone) return;
    this.#isGone = true;
    clearInterval(this.#beat);
    clearTimeout(this.#deadline);
    const socket = this.#socket;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.events.gone(code);
  }
}
