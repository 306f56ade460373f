import { type ComponentType, h, type JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { useTalk } from './talk';

/** What comes later, with the styles it needs. */
interface LaterPart {
  css: string;
}

/** Fetched when it is first needed. What cannot be fetched now is tried again at the next time. */
export class Later<Part extends LaterPart> {
  part: Part | null = null;
  #coming: Promise<Part> | null = null;

  constructor(readonly load: () => Promise<Part>) {}

  fetch(adopt: (css: string) => void): Promise<Part> {
    return (this.#coming ??= this.load().then(
      (part) => {
        adopt(part.css);
        return (this.part = part);
      },
      (error: unknown) => {
        this.#coming = null;
        throw error;
      },
    ));
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
    useEffect(() => {
      if (!later.part) later.fetch(adopt).then(() => { again(1); }, () => undefined);
    }, []);
    return later.part ? (h(choose(later.part), props) as JSX.Element) : null;
  };
}
