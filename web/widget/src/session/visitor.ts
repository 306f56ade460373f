import type { Keep } from '../kept/keep';
import type { Api } from './api';
import { pageAddress } from './page';

const NAME = 'token';

/** Who we are to the server. Made when first needed, once for all tabs of this browser. */
export class Visitor {
  #making: Promise<string> | null = null;

  constructor(
    readonly keep: Keep,
    readonly api: Api,
    readonly locale: string,
  ) {}

  token(): string | null {
    return this.keep.get(NAME);
  }

  ensure(): Promise<string> {
    const known = this.token();
    if (known) return Promise.resolve(known);
    return (this.#making ??= this.#alone(() => this.#make()).finally(() => {
      this.#making = null;
    }));
  }

  async #make(): Promise<string> {
    const known = this.token();
    if (known) return known;
    const { token } = await this.api.introduce({ locale: this.locale, page: pageAddress() });
    this.keep.set(NAME, token);
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
