import type { Link, Turn } from '../parts';
import type { Conversation, Message } from '../wire';
import type { Entry } from './outbox';

export interface Said {
  messages: readonly Message[];
  conversation: Conversation | null;
  /** The agent has read up to this place of the conversation. */
  readUpTo: number;
}

function stateOf(message: Message, { conversation, readUpTo }: Said): Turn['state'] {
  if (message.conversation_id !== conversation?.id) return 'sent';
  if (message.seq <= readUpTo) return 'read';
  return conversation.agent_name ? 'delivered' : 'sent';
}

/** The log as the visitor sees it: first what the server has, then what is still on its way to it. */
export function turns(said: Said, entries: readonly Entry[], link: Link, isMoving: (id: string) => boolean): Turn[] {
  const confirmed = said.messages.map((message): Turn => {
    const mine = message.by === 'contact';
    const state = mine ? stateOf(message, said) : 'sent';
    return { key: (mine && message.client_id) || message.id, at: message.at, mine, state, message, entry: null };
  });
  const arrived = new Set(said.messages.map((message) => message.client_id));
  const hasLine = link !== 'down';
  const held = entries
    .filter((entry) => !arrived.has(entry.id))
    .map((entry): Turn => {
      const state = entry.failed ? 'failed' : hasLine || isMoving(entry.id) ? 'sending' : 'waiting';
      return { key: entry.id, at: new Date(entry.at).toISOString(), mine: true, state, message: null, entry };
    });
  return [...confirmed, ...held];
}
