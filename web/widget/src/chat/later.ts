import { type ComponentType, h, type JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

import { useTalk } from './talk';

const AGAIN = 3_000;

/** What comes later, with the styles it needs. */
interface LaterPart {
  css: string;
}

/** Fetched when it is first needed. What cannot be fetched now is tried again at the next time. */
export class Later<Part extends LaterPart> {
  part: Part | null = null;
  #coming: Promise<Part> | null = null;
  readonly #dressed = new WeakSet<(css: string) => void>();

  #tries = 0;

  constructor(
    readonly name: string,
    readonly load: () => Promise<Part>,
  ) {}

  /** A browser may remember that an address failed, so another attempt needs another address. */
  #load(): Promise<Part> {
    return this.#tries ? (import(/* @vite-ignore */ `./${this.name}.js?try=${String(this.#tries)}`) as Promise<Part>) : this.load();
  }

  fetch(adopt: (css: string) => void): Promise<Part> {
    this.#coming ??= this.#load().catch((error: unknown) => {
      this.#tries += 1;
      this.#coming = null;
      throw error;
    });
    return this.#coming.then((part) => {
      // A widget that was made anew, in another language for instance, has no styles of the one before.
      if (!this.#dressed.has(adopt)) adopt(part.css);
      this.#dressed.add(adopt);
      return (this.part = part);
    });
  }
}

/** A component out of such a part; nothing is shown until it is there. */
export function shown<Part extends LaterPart, Props extends object>(
  later: Later<Part>,
  choose: (part: Part) => ComponentType<Props>,
): (props: Props) => JSX.Element | null {
  return (props) => {
    const { adopt, missing } = useTalk();
    const [, again] = useState(0);
    useLayoutEffect(() => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isHere = true;
      const attempt = (): void => {
        later.fetch(adopt).then(
          () => { again(1); },
          () => {
            missing();
            if (isHere) timer = setTimeout(attempt, AGAIN);
          },
        );
      };
      attempt();
      return () => {
        isHere = false;
        clearTimeout(timer);
      };
    }, []);
    return later.part ? (h(choose(later.part), props) as JSX.Element) : null;
  };
}
