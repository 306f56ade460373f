import { ref, watch } from 'vue';
import { Problem, api } from '../../api/client';
import { useI18n } from 'vue-i18n';
import type { TemplatesOut } from '../../api/types';
import { useProblemText } from '../../ui';
import { useWhy } from './why';

/** The templates of a channel as they were fetched last. */
export function useChannelTemplates(channelId: () => string) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const why = useWhy();
  const known = ref<TemplatesOut | null>(null);
  const busy = ref(false);
  const problem = ref('');

  async function ask(how: 'get' | 'post'): Promise<void> {
    problem.value = '';
    try {
      known.value = await api[how]<TemplatesOut>(`/api/channels/${channelId()}/templates`);
    } catch (error) {
      const reason = error instanceof Problem && typeof error.body.why === 'string' ? error.body.why : '';
      problem.value = reason ? t('lines.templates.notFetched', { why: why(reason) }) : problemText(error);
    }
  }
  async function fetch(): Promise<void> {
    busy.value = true;
    await ask('post');
    busy.value = false;
  }
  watch(channelId, () => void ask('get'), { immediate: true });
  return { known, busy, problem, fetch };
}
