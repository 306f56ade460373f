import type { Link, Turn } from '../parts';
import type { Message } from '../wire';
import type { Entry } from './outbox';

/** The log as the visitor sees it: first what the server has, then what is still on its way to it. */
export function turns(messages: readonly Message[], entries: readonly Entry[], link: Link, isMoving: (id: string) => boolean): Turn[] {
  const confirmed = messages.map((message): Turn => {
    const mine = message.by === 'contact';
    return { key: (mine && message.client_id) || message.id, at: message.at, mine, state: 'sent', message, entry: null };
  });
  const arrived = new Set(messages.map((message) => message.client_id));
  const hasLine = link !== 'down';
  const held = entries
    .filter((entry) => !arrived.has(entry.id))
    .map((entry): Turn => {
      const state = entry.failed ? 'failed' : hasLine || isMoving(entry.id) ? 'sending' : 'waiting';
      return { key: entry.id, at: new Date(entry.at).toISOString(), mine: true, state, message: null, entry };
    });
  return [...confirmed, ...held];
}
