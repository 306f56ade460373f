import { computed, ref, watch, type Ref } from 'vue';
import { api } from '../../api/client';
import type { ConversationOut, PointOut } from '../../api/types';

/** Whether the contact can be written to, on channels that they can leave: asked anew with all that happens in the conversation. */
export function useReachable(conversation: Ref<ConversationOut>) {
  const why = ref('');

  async function load(): Promise<void> {
    const { id, channel_kind: kind } = conversation.value;
    if (kind === 'webchat') return void (why.value = '');
    try {
      const point = await api.get<PointOut>(`/api/conversations/${id}/contact-point`);
      if (id === conversation.value.id) why.value = point.unreachable;
    } catch {
      // The server says so again when something is sent.
    }
  }
  watch([() => conversation.value.id, () => conversation.value.version], load, { immediate: true });
  return { isUnreachable: computed(() => why.value !== '') };
}
