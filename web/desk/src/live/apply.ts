import type { Change, MessageOut, MessageState, Upsert } from '../api/types';
import { hasStopped } from './company';
import { pool, type Kind, type Kinds } from './entities';

type Versioned = 'conversation' | 'record' | 'contact' | 'draft';
const VERSIONED: readonly Kind[] = ['conversation', 'record', 'contact', 'draft'];
const PROGRESS: Record<MessageState, number> = { failed: 0, unknown: 0, queued: 1, sent: 2, delivered: 3, read: 4 };

/** May follow on any other: a provider can take back what it said. */
const STUCK: readonly MessageState[] = ['failed', 'unknown'];

let touched: Set<string> | null = null;

/** Where a change comes from: `live` tells what is true now, `list` may be older than what live told meanwhile. */
export type Source = 'live' | 'list';

/** Kinds of which only a change is told, not the row: whoever looks after their list asks for it again. */
const asking = new Map<string, () => void>();
export function askAgainFor(kind: Kind, ask: () => void): void {
  asking.set(kind, ask);
}

/** The whole of a list that the server keeps for us, in place of what was known of it. */
export function replaceAll<K extends Exclude<Kind, 'message'>>(kind: K, rows: readonly Kinds[K][]): void {
  const known = pool[kind] as Map<string, Kinds[K]>;
  const ids = new Set(rows.map((row) => row.id));
  for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
  for (const row of rows) known.set(row.id, row);
}

/** Starts asking for a whole list. What was known then and is not in it is gone; what comes live meanwhile is not touched. */
export function beginList(kind: keyof Upsert): (rows: readonly { id: string }[]) => void {
  const before = [...pool[kind as Kind].keys()];
  return (rows) => {
    const there = new Set(rows.map((row) => row.id));
    for (const id of before) if (!there.has(id)) pool[kind as Kind].delete(id);
    apply({ upsert: { [kind]: rows } }, 'list');
  };
}

/** The only place that writes into the pool. Returns nothing: whoever wants to know watches the pool. */
export function apply(change: Change, source: Source = 'live'): void {
  for (const [kind, rows] of Object.entries(change.upsert ?? {})) {
    if (kind === 'message') for (const row of rows as MessageOut[]) putMessage(row, source);
    else if (source === 'live' && asking.has(kind) && Object.keys(rows[0] ?? {}).length === 1) asking.get(kind)!();
    else if (kind in pool) for (const row of rows) put(kind as Exclude<Kind, 'message'>, row as never);
  }
  for (const [kind, ids] of Object.entries(change.remove ?? {})) {
    if (kind in pool) for (const id of ids) pool[kind as Kind].delete(id);
  }
}

function put<K extends Exclude<Kind, 'message'>>(kind: K, row: Kinds[K]): void {
  const rows = pool[kind] as Map<string, Kinds[K]>;
  if (VERSIONED.includes(kind)) {
    const { version } = row as Kinds[Versioned];
    const known = rows.get(row.id) as Kinds[Versioned] | undefined;
    touched?.add(row.id);
    if (known && known.version > version) return;
  }
  // A live row may leave out what is only told on request, such as a channel's snippet.
  rows.set(row.id, { ...rows.get(row.id), ...row });
}

function putMessage(row: MessageOut, source: Source): void {
  const known = pool.message.get(row.id);
  // It may have failed since the list was asked for, or since it was taken in; that it is tried again is told live.
  if (known && source === 'list' && row.state === 'queued' && STUCK.includes(known.state)) return;
  if (known && !STUCK.includes(row.state) && PROGRESS[known.state] > PROGRESS[row.state]) return;
  pool.message.set(row.id, row);
  if (known) return;
  hasStopped(row.conversation_id, row.author.id);
  const ids = [...(pool.log.get(row.conversation_id) ?? [])];
  let at = ids.length;
  while (at > 0 && seqOf(ids[at - 1]!) > row.seq) at -= 1;
  // The same place may hold the same message under another id only if the server changed its mind: the newer wins.
  if (at > 0 && seqOf(ids[at - 1]!) === row.seq) {
    pool.message.delete(ids[at - 1]!);
    ids.splice(at - 1, 1, row.id);
  } else {
    ids.splice(at, 0, row.id);
  }
  pool.log.set(row.conversation_id, ids);
}

function seqOf(id: string): number {
  return pool.message.get(id)?.seq ?? 0;
}

/**
 * After a gap too long to resume, lists are fetched anew. What was known before and neither the lists nor the
 * live connection spoke of since is no longer ours to see.
 */
export function beginSnapshot(): { settle: (keep: Iterable<string>) => void } {
  const before = [...pool.conversation.keys()];
  const seen = new Set<string>();
  touched = seen;
  return {
    settle(keep) {
      const kept = new Set(keep);
      for (const id of before) if (!seen.has(id) && !kept.has(id)) pool.conversation.delete(id);
      if (touched === seen) touched = null;
    },
  };
}

/**
 * Ended conversations, completed records and contacts would only pile up over a day. What is not held goes, with what was said
 * in it; asked for, it comes again.
 */
export function forgetEnded(held: ReadonlySet<string>): void {
  for (const [id, { state }] of pool.conversation) if (state === 'closed' && !held.has(id)) pool.conversation.delete(id);
  for (const [id, messages] of pool.log) {
    if (held.has(id) || pool.conversation.has(id)) continue;
    for (const message of messages) pool.message.delete(message);
    pool.log.delete(id);
  }
  const filled = new Set([...pool.conversation.values()].map((one) => one.service_record_id));
  for (const [id, { state }] of pool.record) if (state === 'completed' && !held.has(id) && !filled.has(id)) pool.record.delete(id);
  const served = new Set([...pool.conversation.values(), ...pool.record.values()].map((one) => one.contact_id));
  for (const id of pool.contact.keys()) if (!held.has(id) && !served.has(id)) pool.contact.delete(id);
}

/** The highest seq up to which no message is missing, or 0. */
export function unbrokenUpTo(conversationId: string): number {
  let last = 0;
  for (const id of pool.log.get(conversationId) ?? []) {
    const seq = seqOf(id);
    if (last !== 0 && seq !== last + 1) break;
    last = seq;
  }
  return last;
}
