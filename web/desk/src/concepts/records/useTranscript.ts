import { computed, onScopeDispose, ref, watch } from 'vue';
import { api, Problem } from '../../api/client';
import type { MessageOut, MessagePage } from '../../api/types';
import { apply } from '../../live/apply';
import { pool } from '../../live/entities';
import { useHeld } from '../../live/holding';
import { onReload } from '../../live/load';
import { watchConversations } from '../../live/socket';

/** All that was said in a conversation, to be read. It is watched, so that what is said meanwhile appears by itself. */
export function useTranscript(conversationId: () => string) {
  const problem = ref<Problem | null>(null);
  const loading = ref(false);
  useHeld(() => [conversationId()]);
  const messages = computed(() => {
    const ids = pool.log.get(conversationId()) ?? [];
    return ids.map((id) => pool.message.get(id)).filter((row): row is MessageOut => row !== undefined);
  });

  async function load(): Promise<void> {
    const id = conversationId();
    const path = `/api/conversations/${encodeURIComponent(id)}/messages`;
    loading.value = true;
    problem.value = null;
    try {
      for (let after = 0, more = true; more && id === conversationId();) {
        const page = await api.get<MessagePage>(path, { after, limit: 200 });
        apply({ upsert: { message: page.items } }, 'list');
        after = page.items.at(-1)?.seq ?? after;
        more = page.more && page.items.length > 0;
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (id === conversationId()) problem.value = error;
    } finally {
      loading.value = false;
    }
  }

  watch(
    conversationId,
    (id) => {
      watchConversations([id]);
      void load();
    },
    { immediate: true },
  );
  onScopeDispose(onReload(load));
  onScopeDispose(() => watchConversations([]));
  return { messages, problem, loading, load };
}
