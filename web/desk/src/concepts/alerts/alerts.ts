import type { ConversationOut } from '../../api/types';

export type AlertKind = 'conversation' | 'message';

/** What of a conversation of mine calls for attention. */
export interface Standing {
  unread: number;
  woken: string | null;
}
export type Standings = ReadonlyMap<string, Standing>;

export interface Alert {
  kind: AlertKind;
  id: string;
}

export function standingsOf(conversations: Iterable<ConversationOut>, me: string): Standings {
  const found = new Map<string, Standing>();
  for (const one of conversations) {
    if (one.agent_id === me && one.state !== 'closed') found.set(one.id, { unread: one.unread, woken: one.woken_at });
  }
  return found;
}

/** What is new between two looks: a conversation that became mine or woke, or a message in one that I had. */
export function alertsBetween(before: Standings, now: Standings): Alert[] {
  return [...now].flatMap(([id, { unread, woken }]): Alert[] => {
    const known = before.get(id);
    if (!known || (woken !== null && woken !== known.woken)) return [{ kind: 'conversation', id }];
    return unread > known.unread ? [{ kind: 'message', id }] : [];
  });
}
