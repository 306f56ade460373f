import { computed, onBeforeUnmount, watch, type Ref } from 'vue';
import { api } from '../../api/client';
import type { ConversationOut, MessageOut, ScheduledOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { onReload } from '../../live/load';
import { zonedTime } from '../../ui/format';
import { session } from '../session';
import { mornings } from './mornings';

export interface LaterChoice {
  name: 'laterToday' | 'tomorrow' | 'monday';
  at: Date;
}

const HOUR = 3_600_000;
const DAY_ENDS = 18;

/** The times one usually means, on the writer's own clock: in three hours while that is still their day, tomorrow, and Monday. */
export function laterChoices(now: Date): LaterChoice[] {
  const inThreeHours = new Date(Math.ceil((now.getTime() + 3 * HOUR) / (HOUR / 2)) * (HOUR / 2));
  const { tomorrow, monday } = mornings(now);
  return [
    ...(inThreeHours <= zonedTime(now, 0, DAY_ENDS).at ? [{ name: 'laterToday' as const, at: inThreeHours }] : []),
    { name: 'tomorrow', at: tomorrow },
    // Tomorrow is Monday: it is said once.
    ...(monday > tomorrow ? [{ name: 'monday' as const, at: monday }] : []),
  ];
}

/** How long a message of this kind of channel can be taken back. */
export function undoSeconds(kind: ConversationOut['channel_kind']): number {
  return (kind === 'email' ? session.workspace?.undo_mail : session.workspace?.undo_chat) ?? 0;
}

/** Whether the contact wrote after this was written, so that its author had not read it. */
export const isOvertaken = (row: ScheduledOut, messages: readonly MessageOut[]) =>
  messages.some((one) => one.seq > row.after_seq && one.author.kind === 'contact' && one.visibility === 'public');

/** What is still to go out in a conversation, by its time. */
export function useScheduled(conversation: Ref<ConversationOut>) {
  const id = computed(() => conversation.value.id);
  const rows = computed(() =>
    [...pool.scheduled.values()].filter((one) => one.conversation_id === id.value && one.state === 'waiting').sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at)),
  );
  async function load(): Promise<void> {
    try {
      apply({ upsert: { scheduled: await api.get<ScheduledOut[]>(`/api/conversations/${id.value}/scheduled`) } }, 'list');
    } catch {
      // Asked again when the connection is back; what is said live comes by itself.
    }
  }
  watch(id, () => void load(), { immediate: true });
  onBeforeUnmount(onReload(load));
  return rows;
}

/** Takes a message back, has it go now, or not at all. */
export async function changeScheduled(id: string, what: 'take-back' | 'send' | 'discard'): Promise<ScheduledOut> {
  const path = `/api/scheduled-messages/${id}`;
  const row = what === 'discard' ? await api.delete<ScheduledOut>(path) : await api.post<ScheduledOut>(`${path}/${what}`);
  apply({ upsert: { scheduled: [row] } });
  return row;
}
