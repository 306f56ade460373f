import type { Keep } from '../kept/keep';
import type { Message } from '../wire';

const NAME = 'seen';

/** How far the visitor has read, shared by all tabs. */
export class Seen {
  constructor(readonly keep: Keep) {}

  /** Whether there was anything new to read. */
  mark(messages: readonly Message[]): boolean {
    const last = messages.at(-1);
    if (!last || !this.unread(messages).length) return false;
    this.keep.set(NAME, `${String(last.seq)} ${last.conversation_id}`);
    return true;
  }

  unread(messages: readonly Message[]): Message[] {
    const [seq, conversation] = (this.keep.get(NAME) ?? '').split(' ');
    return messages.filter(
      (message) =>
        (message.by === 'agent' || message.by === 'bot') &&
        message.kind !== 'event' &&
        (message.conversation_id !== conversation || message.seq > Number(seq)),
    );
  }
}
