import { type ComponentType, h, type JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

import { useTalk } from './talk';

/** What comes later, with the styles it needs. */
interface LaterPart {
  css: string;
}

/** Fetched when it is first needed. What cannot be fetched now is tried again at the next time. */
export class Later<Part extends LaterPart> {
  part: Part | null = null;
  #coming: Promise<Part> | null = null;
  readonly #dressed = new WeakSet<(css: string) => void>();

  constructor(readonly load: () => Promise<Part>) {}

  fetch(adopt: (css: string) => void): Promise<Part> {
    this.#coming ??= this.load().catch((error: unknown) => {
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
    const { adopt } = useTalk();
    const [, again] = useState(0);
    useLayoutEffect(() => {
      later.fetch(adopt).then(() => { again(1); }, () => undefined);
    }, []);
    return later.part ? (h(choose(later.part), props) as JSX.Element) : null;
  };
}
