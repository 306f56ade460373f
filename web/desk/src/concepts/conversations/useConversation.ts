import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue';
import { api, Problem } from '../../api/client';
import type { ConversationOut } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useHeld } from '../../live/holding';
import { onReload } from '../../live/load';
import { watchConversations } from '../../live/socket';

/** The open conversation: asked for when the pool does not know it, and watched as long as it is open. */
export function useConversation(id: Ref<string>) {
  const conversation = computed(() => pool.conversation.get(id.value) ?? null);
  const problem = ref<unknown>(null);
  useHeld(() => [id.value]);
  const missing = computed(() => problem.value instanceof Problem && (problem.value.status === 404 || problem.value.status === 403));

  async function load(): Promise<void> {
    if (!id.value) return;
    const asked = id.value;
    try {
      apply({ upsert: { conversation: [await api.get<ConversationOut>(`/api/conversations/${asked}`)] } });
      if (asked === id.value) problem.value = null;
    } catch (error) {
      if (asked === id.value) problem.value = error;
    }
  }

  watch(
    id,
    (wanted) => {
      problem.value = null;
      watchConversations(wanted ? [wanted] : []);
      if (wanted && !pool.conversation.has(wanted)) void load();
    },
    { immediate: true },
  );
  onBeforeUnmount(
    onReload(async () => {
      if (id.value) await load();
    }),
  );
  onBeforeUnmount(() => watchConversations([]));
  return { conversation, problem, missing, load };
}

/** Things one does to a conversation; each answer is applied like any other change. */
export async function changeConversation(id: string, what: 'take' | 'connect' | 'decline' | 'close' | 'transfer' | 'snooze' | 'rating', body?: object): Promise<ConversationOut> {
  const answer = await api.post<ConversationOut>(`/api/conversations/${id}/${what}`, body);
  apply({ upsert: { conversation: [answer] } });
  return answer;
}

export async function wakeConversation(id: string): Promise<void> {
  apply({ upsert: { conversation: [await api.delete<ConversationOut>(`/api/conversations/${id}/snooze`)] } });
}
