import type { Keep } from '../kept/keep';

const NAME = 'open';

/**
 * Tells the next page whether a conversation is under way, so that it connects before anyone opens the chat. The
 * loader looks only at whether the value is there.
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
