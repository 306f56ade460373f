import type { Keep } from '../kept/keep';
import type { Identity, View } from '../wire';
import { type Api, Refused } from './api';

const NAME = 'token';
/** What the server was told of us last, so that not every page tells it again. */
const TOLD = 'told';

/** Who we are to the server. Made when first needed, once for all tabs of this browser. */
export class Visitor {
  #making: Promise<string> | null = null;
  #identity: Identity | null = null;
  #hasLeft = false;

  constructor(
    readonly keep: Keep,
    readonly api: Api,
    readonly locale: string,
    /** What the server says of us; nothing when we are somebody else from now on. */
    readonly known: (view: View | null) => void,
  ) {}

  /** Who the page says this is. A stranger is introduced only when they are about to write. */
  identify(identity: Identity): void {
    this.#identity = identity;
    const token = this.token();
    if (token) void this.#introduce(token);
  }

  async #introduce(token: string): Promise<void> {
    const said = JSON.stringify([token.slice(-8), this.#identity]);
    if (!this.#identity || this.keep.get(TOLD) === said) return;
    try {
      const view = await this.api.identify(token, this.#identity);
      if (this.#hasLeft || this.token() !== token) return;
      this.known(view);
      this.keep.set(TOLD, said);
    } catch (error) {
      if (this.#hasLeft || !(error instanceof Refused) || !error.final) return; // At the next page, then.
      if (error.code === 'another_person') {
        this.forget(token);
        this.known(null);
        return;
      }
      // Whoever puts this into a page must be able to find out what is wrong with it.
      // eslint-disable-next-line no-console
      console.warn(`Helpline: ${error.detail}`);
    }
  }

  token(): string | null {
    return this.keep.get(NAME);
  }

  /** The page has done with this visitor; whoever comes next is nobody we know. */
  leave(): void {
    this.#hasLeft = true;
  }

  ensure(): Promise<string> {
    if (this.#hasLeft) return Promise.reject(new Error('left'));
    const known = this.token();
    if (known) return Promise.resolve(known);
    return (this.#making ??= this.#alone(() => this.#make()).finally(() => {
      this.#making = null;
    }));
  }

  async #make(): Promise<string> {
    const known = this.token();
    if (known) return known;
    const { token } = await this.api.introduce({ locale: this.locale, time_zone: new Intl.DateTimeFormat().resolvedOptions().timeZone });
    if (this.#hasLeft) throw new Error('left');
    this.keep.set(NAME, token);
    await this.#introduce(token);
    return token;
  }

  /** Two tabs that write their first words in the same moment must not become two visitors. */
  #alone(make: () => Promise<string>): Promise<string> {
    // Absent in older browsers and on pages without TLS, whatever the types say.
    const locks = navigator.locks as LockManager | undefined;
    return locks ? locks.request(`helpline:${this.api.key}`, make) : make();
  }

  /** The server does not know this token any more. Another tab may have a new one already. */
  forget(token: string): void {
    if (this.token() === token) this.keep.remove(NAME);
  }

  static concerns(name: string): boolean {
    return name === NAME;
  }
}
