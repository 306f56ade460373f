import type { EventOut, FileOut, MessageOut, MessageState, Particulars, Visibility } from '../../api/types';
import { dayOf as startOfDay } from '../../ui/format';
import type { Outgoing } from './outbox';

export interface Said {
  key: string;
  seq: number | null;
  text: string;
  files: readonly FileOut[];
  mentions?: readonly string[];
  details?: Particulars | null;
}

export type TurnState = MessageState | 'sending';

/** What stands in the log, from top to bottom. */
export type Line =
  | { is: 'day'; key: string; at: string }
  | { is: 'newer'; key: string }
  | { is: 'event'; key: string; event: EventOut; at: string }
  | { is: 'system'; key: string; text: string }
  | { is: 'subject'; key: string; text: string }
  | {
      is: 'turn';
      key: string;
      by: MessageOut['author'];
      visibility: Visibility;
      at: string;
      said: Said[];
      state: TurnState;
      outgoing: Outgoing | null;
    };

type Turn = Extract<Line, { is: 'turn' }>;

/** Sentences of the same person within this time stand under one name. */
const TOGETHER = 3 * 60_000;
const dayOf = (at: string) => String(startOfDay(new Date(at)));

export function linesOf(
  messages: readonly MessageOut[],
  outgoing: Iterable<Outgoing>,
  me: { id: string; name: string },
  newerFrom: number | null,
): Line[] {
  const lines: Line[] = [];
  let day = '';
  const startDay = (at: string) => {
    if (dayOf(at) === day) return;
    day = dayOf(at);
    lines.push({ is: 'day', key: `day-${day}`, at });
  };
  for (const message of messages) {
    startDay(message.at);
    if (newerFrom !== null && message.seq === newerFrom) lines.push({ is: 'newer', key: 'newer' });
    if (message.event) lines.push({ is: 'event', key: message.id, event: message.event, at: message.at });
    else if (message.author.kind === 'system') lines.push({ is: 'system', key: message.id, text: message.text });
    else {
      const { mail } = message.details ?? {};
      if (mail?.renamed) lines.push({ is: 'subject', key: `subject-${message.id}`, text: mail.subject ?? '' });
      addTurn(lines, message);
    }
  }
  const confirmed = new Set(messages.flatMap((message) => [message.id, message.client_id]));
  for (const one of outgoing) {
    if (confirmed.has(one.id)) continue;
    startDay(one.at);
    lines.push(turnOfOutgoing(one, me));
  }
  return lines;
}

function addTurn(lines: Line[], message: MessageOut): void {
  const last = lines.at(-1);
  const said: Said = { key: message.id, seq: message.seq, text: message.text, files: message.files, mentions: message.mentions, details: message.details };
  if (last?.is === 'turn' && belongsTo(last, message)) {
    last.said.push(said);
    last.state = message.state;
    return;
  }
  lines.push({
    is: 'turn',
    key: message.id,
    by: message.author,
    visibility: message.visibility,
    at: message.at,
    said: [said],
    state: message.state,
    outgoing: null,
  });
}

function belongsTo(turn: Turn, message: MessageOut): boolean {
  return (
    turn.outgoing === null &&
    turn.visibility === message.visibility &&
    turn.visibility === 'public' &&
    turn.by.kind === message.author.kind &&
    turn.by.id === message.author.id &&
    turn.by.name === message.author.name &&
    turn.said.at(-1)?.details?.elsewhere?.app === message.details?.elsewhere?.app &&
    turn.state === message.state &&
    message.state !== 'failed' &&
    message.state !== 'unknown' &&
    Date.parse(message.at) - Date.parse(turn.at) < TOGETHER
  );
}

function turnOfOutgoing(one: Outgoing, me: { id: string; name: string }): Turn {
  return {
    is: 'turn',
    key: one.id,
    by: { kind: 'agent', id: me.id, name: me.name },
    visibility: one.visibility,
    at: one.at,
    said: [{ key: one.id, seq: null, text: one.text, files: one.files, details: one.replyTo || one.choices.length ? { reply_to: one.replyTo ?? '', choices: [...one.choices] } : null }],
    state: one.state,
    outgoing: one,
  };
}
