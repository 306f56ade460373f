import { computed, type Ref } from 'vue';
import type { ConversationOut } from '../../api/types';
import { useKinds } from '../lines/kinds';

/** Where nothing can be tapped, the server takes so many, and numbers them. */
const MOST_NUMBERED = 10;

/** What goes out of what stands there: each answer once, without what is only blank. */
export function tidied(choices: readonly string[]): string[] {
  const known = new Set<string>();
  const plain = choices.map((one) => one.trim().replace(/\s+/g, ' '));
  return plain.filter((one) => one && !known.has(one.toLowerCase()) && known.add(one.toLowerCase()));
}

/** What a conversation's channel takes of answers to tap. */
export function useChoiceLimits(conversation: Ref<ConversationOut>) {
  const { byName } = useKinds();
  const can = computed(() => byName.value.get(conversation.value.channel_kind)?.capabilities);
  return computed(() => ({ most: can.value?.choices || MOST_NUMBERED, length: can.value?.choice_length ?? 20, numbered: can.value?.choices === 0 }));
}
