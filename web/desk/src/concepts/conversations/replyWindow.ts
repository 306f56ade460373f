import { computed, type Ref } from 'vue';
import type { ConversationOut } from '../../api/types';
import { now } from '../../ui/clock';
import { useKinds } from '../lines/kinds';

const SOON = 3 * 3600;

/** How long the contact can still be answered freely; nothing where that has no end, 0 when it is over. */
export function secondsLeft(conversation: Pick<ConversationOut, 'reply_until'>, closes: boolean, at: number): number | null {
  if (!closes) return null;
  return conversation.reply_until ? Math.max(0, Math.floor((Date.parse(conversation.reply_until) - at) / 1000)) : 0;
}

export function useReplyWindow(conversation: Ref<ConversationOut>) {
  const { byName } = useKinds();
  const closes = computed(() => (byName.value.get(conversation.value.channel_kind)?.capabilities.reply_window_seconds ?? null) !== null);
  const left = computed(() => secondsLeft(conversation.value, closes.value, now.value));
  return { left, isOver: computed(() => left.value === 0), isSoonOver: computed(() => left.value !== null && left.value < SOON) };
}
