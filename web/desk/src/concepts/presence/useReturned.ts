import { ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { api } from '../../api/client';
import type { ReturnedOut } from '../../api/types';
import { pool } from '../../live/entities';
import { toast, useProblemText } from '../../ui';
import { me } from '../session';

/** The conversations that went to others while the connection was lost, until one says that one has seen them. */
export function useReturned() {
  const { t } = useI18n();
  const problemText = useProblemText();
  const rows = ref<ReturnedOut[]>([]);

  watch(
    () => me.value?.returned ?? 0,
    async (count) => {
      try {
        rows.value = count ? await api.get<ReturnedOut[]>('/api/me/returned') : [];
      } catch {
        // It is told again with the next connection.
      }
    },
    { immediate: true },
  );

  function whereIs(row: ReturnedOut): string {
    if (row.state === 'closed') return t('presence.returned.closed');
    const name = pool.agent.get(row.agent_id ?? '')?.name;
    return name ? t('presence.returned.with', { name }) : t('presence.returned.waiting');
  }

  async function dismiss(): Promise<void> {
    try {
      await api.delete('/api/me/returned');
      rows.value = [];
    } catch (error) {
      toast(problemText(error), { tone: 'bad' });
    }
  }

  return { rows, whereIs, dismiss };
}
