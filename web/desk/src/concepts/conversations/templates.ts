import { computed, type Ref } from 'vue';
import type { ConversationOut } from '../../api/types';
import { useKinds } from '../lines/kinds';
import type { Hindrance } from './useComposer';

/** Whether approved texts can be sent here now; when the time to answer freely is over, nothing else can. */
export function useOffered(conversation: Ref<ConversationOut>, hindrance: Ref<Hindrance>) {
  const { byName } = useKinds();
  const has = computed(() => byName.value.get(conversation.value.channel_kind)?.capabilities.templates ?? false);
  return computed(() => has.value && (hindrance.value === null || hindrance.value === 'window'));
}
