import type { Keep } from '../kept/keep';

const NAME = 'open';

/**
 * Tells the next page whether there has been a conversation, so that it connects before anyone opens the chat: it may
 * be under way, and who was spoken with may be written to. The loader looks only at whether the value is there.
 */
export class Progress {
  constructor(readonly keep: Keep) {}

  note(isUnderWay: boolean): void {
    if (isUnderWay === (this.keep.get(NAME) !== null)) return;
    if (isUnderWay) this.keep.set(NAME, '1');
    else this.keep.remove(NAME);
  }
}

export function isUnderWay(keep: Keep): boolean {
  return keep.get(NAME) !== null || keep.names('out:').length > 0;
}
