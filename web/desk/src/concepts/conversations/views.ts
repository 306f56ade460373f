import type { ConversationOut, ListOrder, RecordOut } from '../../api/types';

export type View = { kind: 'mine' } | { kind: 'wrap-up' } | { kind: 'snoozed' } | { kind: 'mentions' } | { kind: 'undecided' } | { kind: 'team'; teamId: string };
export type GroupName = 'you' | 'customer' | 'wrapUp' | 'snoozed' | 'queue' | 'unread' | 'read' | 'contactAsked' | 'serverAsked';

/** A line of the list: a conversation, or a service record whose conversation has ended. */
export interface Entry {
  /** The conversation it opens. */
  id: string;
  conversation: ConversationOut | null;
  record: RecordOut | null;
}

export interface Group {
  name: GroupName;
  entries: Entry[];
}

export interface Rows {
  conversations: readonly ConversationOut[];
  records: readonly RecordOut[];
  me: string;
  order?: ListOrder | undefined;
  /** Where I am mentioned, in order, and what of it I have not read. */
  mentioned?: readonly string[];
  unread?: ReadonlySet<string>;
}

export function viewOf(param: string | undefined): View {
  if (param === 'wrap-up' || param === 'snoozed' || param === 'mentions' || param === 'undecided') return { kind: param };
  if (param?.startsWith('team-')) return { kind: 'team', teamId: param.slice(5) };
  return { kind: 'mine' };
}

export function paramOf(view: View): string {
  return view.kind === 'team' ? `team-${view.teamId}` : view.kind;
}

const LATER = '9999-01-01T00:00:00Z';
const byTime = (a: string | null, b: string | null) => Date.parse(a ?? '') - Date.parse(b ?? '') || 0;
const line = (conversation: ConversationOut): Entry => ({ id: conversation.id, conversation, record: null });

const ORDERS: Record<ListOrder, (a: ConversationOut, b: ConversationOut) => number> = {
  longest_wait: (a, b) => byTime(a.waiting_since, b.waiting_since),
  newest: (a, b) => byTime(b.last_at, a.last_at),
  oldest: (a, b) => byTime(a.created_at, b.created_at),
};

function partOf<T>(rows: readonly T[], fits: (row: T) => boolean): [T[], T[]] {
  return [rows.filter(fits), rows.filter((row) => !fits(row))];
}

export function groupsOf(view: View, rows: Rows): Group[] {
  if (view.kind === 'team') return [{ name: 'queue', entries: queueOf(rows, view.teamId).map(line) }];
  const wrapUp: Group = { name: 'wrapUp', entries: wrapUpOf(rows) };
  if (view.kind === 'wrap-up') return [wrapUp];
  if (view.kind === 'mentions') return mentionsOf(rows);
  if (view.kind === 'undecided') return undecidedOf(rows);
  const [snoozed, mine] = partOf(mineOf(rows), (one) => one.snoozed_at !== null);
  // Those who sleep until a time in its order, then those who sleep until the contact writes.
  if (view.kind === 'snoozed') return [{ name: 'snoozed', entries: snoozed.sort((a, b) => byTime(a.snoozed_until ?? LATER, b.snoozed_until ?? LATER)).map(line) }];
  const [waiting, answered] = partOf(mine, (one) => one.waiting_since !== null);
  waiting.sort(ORDERS[rows.order ?? 'longest_wait']);
  answered.sort(ORDERS[rows.order === 'oldest' ? 'oldest' : 'newest']);
  return [{ name: 'you', entries: waiting.map(line) }, { name: 'customer', entries: answered.map(line) }, wrapUp];
}

export function mineOf({ conversations, me }: Rows): ConversationOut[] {
  return conversations.filter((one) => one.agent_id === me && one.state === 'active');
}

function queueOf({ conversations }: Rows, teamId: string): ConversationOut[] {
  return conversations
    .filter((one) => one.state === 'waiting' && one.team_id === teamId)
    .sort((a, b) => b.urgency - a.urgency || byTime(a.queued_at, b.queued_at));
}

/** Nobody knows yet which team serves them: by whom is asked. */
function undecidedOf({ conversations }: Rows): Group[] {
  const asked = conversations.filter((one) => one.state === 'bot' && one.decider !== null).sort((a, b) => byTime(a.created_at, b.created_at));
  const [contact, server] = partOf(asked, (one) => one.decider === 'contact');
  return [{ name: 'contactAsked', entries: contact.map(line) }, { name: 'serverAsked', entries: server.map(line) }];
}

function mentionsOf({ conversations, mentioned = [], unread = new Set() }: Rows): Group[] {
  const known = new Map(conversations.map((one) => [one.id, one]));
  const entries = mentioned.flatMap((id) => known.get(id) ?? []).map(line);
  return [
    { name: 'unread', entries: entries.filter((one) => unread.has(one.id)) },
    { name: 'read', entries: entries.filter((one) => !unread.has(one.id)) },
  ];
}

/** My records that are not completed and that no conversation of mine is still filling. */
function wrapUpOf(rows: Rows): Entry[] {
  const serving = new Set(mineOf(rows).map((one) => one.service_record_id));
  return rows.records
    .filter((one) => one.handler_id === rows.me && one.state !== 'completed' && !serving.has(one.id))
    .sort((a, b) => byTime(a.conversation_ended_at ?? a.started_at, b.conversation_ended_at ?? b.started_at))
    .map((record) => ({ id: record.conversation_ids.at(-1) ?? '', conversation: null, record }))
    .filter((entry) => entry.id !== '');
}

export interface Held {
  id: string;
  group: GroupName;
  index: number;
}

/** Nothing moves under the hand: the open conversation keeps its place while it still is in the list. */
export function keepPlace(groups: readonly Group[], held: Held | null): Group[] {
  const entry = groups.flatMap((group) => group.entries).find((one) => one.id === held?.id);
  if (!held || !entry || !groups.some((group) => group.name === held.group)) return [...groups];
  return groups.map((group) => {
    const entries = group.entries.filter((one) => one.id !== held.id);
    if (group.name === held.group) entries.splice(Math.min(held.index, entries.length), 0, entry);
    return { ...group, entries };
  });
}

export function placeOf(groups: readonly Group[], id: string): Held | null {
  for (const group of groups) {
    const index = group.entries.findIndex((one) => one.id === id);
    if (index >= 0) return { id, group: group.name, index };
  }
  return null;
}
