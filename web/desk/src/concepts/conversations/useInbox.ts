import { computed, ref, watch, type Ref } from 'vue';
import { pool } from '../../live/entities';
import { hold } from '../../live/holding';
import { may, preferences, session } from '../session';
import { decides } from './deciding';
import { known, load, loadQueue, problem, queueNext } from './inbox';
import { mentionedIn, unreadMentions } from './mentions';
import { groupsOf, keepPlace, placeOf, type Group, type Held, type View } from './views';

const rows = () => ({
  conversations: [...pool.conversation.values()],
  records: [...pool.record.values()],
  me: session.agentId,
  order: preferences.value?.list_order,
});
const withMentions = () => ({ ...rows(), mentioned: mentionedIn.value, unread: unreadMentions.value });
const mine = computed<Group[]>(() => groupsOf({ kind: 'mine' }, rows()));

/** How many contacts wait for an answer of mine; shown in the navigation. */
export const waitingForMe = computed(() => mine.value.find((group) => group.name === 'you')?.entries.length ?? 0);
/** Somebody waits for me, or a colleague has asked for me: worth a mark on the tab. */
export const callingForMe = computed(() => waitingForMe.value > 0 || unreadMentions.value.size > 0);
export const myCount = computed(() => mine.value.reduce((sum, group) => sum + (group.name === 'wrapUp' ? 0 : group.entries.length), 0));
export const wrapUpCount = computed(() => mine.value.find((group) => group.name === 'wrapUp')?.entries.length ?? 0);

/** Who to turn to next: the one of mine who has waited longest, else the first in a queue; not the one that is open. */
export function nextWaiting(openId: string): { id: string; view: View } | null {
  const own = mine.value.find((group) => group.name === 'you')?.entries.find((entry) => entry.id !== openId);
  if (own) return { id: own.id, view: { kind: 'mine' } };
  const waiting = [...pool.conversation.values()].filter((one) => one.state === 'waiting' && one.id !== openId && decides(one));
  const first = waiting.sort((a, b) => b.urgency - a.urgency || Date.parse(a.queued_at ?? '') - Date.parse(b.queued_at ?? ''))[0];
  return first?.team_id ? { id: first.id, view: { kind: 'team', teamId: first.team_id } } : null;
}

/** For whom it is asked which team serves them, the first who came on top; nobody, for those who do not see all. */
export const undecided = computed(() =>
  may('conversation.read_all') ? groupsOf({ kind: 'undecided' }, rows()).flatMap((group) => group.entries.flatMap((one) => one.conversation ?? [])) : [],
);
export const undecidedSince = computed(() => undecided.value.map((one) => one.created_at).sort()[0]);

export const snoozedCount = computed(() => groupsOf({ kind: 'snoozed' }, rows())[0]!.entries.length);

/** The list of what is to be completed opens the conversations it was about. */
hold(() => [...pool.record.values()].flatMap((one) => (one.state === 'completed' ? [] : one.conversation_ids)));

/** The list of one view, in groups, with the open conversation held in its place. */
export function useInbox(view: Ref<View>, openId: Ref<string>) {
  const natural = computed(() => (view.value.kind === 'mine' ? mine.value : groupsOf(view.value, withMentions())));
  const held = ref<Held | null>(null);
  const groups = computed(() => keepPlace(natural.value, held.value));
  const count = computed(() => groups.value.reduce((sum, group) => sum + group.entries.length, 0));

  watch(
    [openId, view, known, () => preferences.value?.list_order],
    () => {
      held.value = placeOf(natural.value, openId.value);
    },
    { immediate: true },
  );
  if (!known.value && problem.value) void load();

  const more = computed(() => view.value.kind === 'team' && queueNext.value !== null);
  return { groups, count, known, problem, load, more, loadMore: () => loadQueue(queueNext.value) };
}
