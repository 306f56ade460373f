import type { ConversationOut, MentionOut } from '../../api/types';

export type AlertKind = 'conversation' | 'message' | 'mention';

/** What of a conversation of mine calls for attention. */
export interface Standing {
  unread: number;
  lastSeq: number;
  assigned: string | null;
  woken: string | null;
}
export type Standings = ReadonlyMap<string, Standing>;

export interface Alert {
  kind: AlertKind;
  /** The conversation. */
  id: string;
  /** The same in every window of the desk, and another one for the next news. */
  mark: string;
  mention?: MentionOut;
}

export function standingsOf(conversations: Iterable<ConversationOut>, me: string): Standings {
  const found = new Map<string, Standing>();
  for (const one of conversations) {
    if (one.agent_id === me && one.state !== 'closed') found.set(one.id, { unread: one.unread, lastSeq: one.last_seq, assigned: one.assigned_at, woken: one.woken_at });
  }
  return found;
}

/** What is new between two looks: a conversation that became mine or woke, or a message in one that I had. */
export function alertsBetween(before: Standings, now: Standings): Alert[] {
  return [...now].flatMap(([id, { unread, lastSeq, assigned, woken }]): Alert[] => {
    const known = before.get(id);
    if (!known || (woken !== null && woken !== known.woken)) return [{ kind: 'conversation', id, mark: `conversation ${id} ${assigned} ${woken}` }];
    return unread > known.unread ? [{ kind: 'message', id, mark: `message ${id} ${lastSeq}` }] : [];
  });
}

export type Mentions = ReadonlyMap<string, MentionOut>;

export function unreadOf(mentions: Iterable<MentionOut>): Mentions {
  return new Map([...mentions].filter((one) => !one.read_at).map((one) => [one.id, one]));
}

/** Where a colleague has asked for me between two looks. */
export function mentionsBetween(before: Mentions, now: Mentions): Alert[] {
  return [...now.values()]
    .filter((one) => !before.has(one.id))
    .map((mention) => ({ kind: 'mention', id: mention.conversation_id, mark: `mention ${mention.id}`, mention }));
}
