import { ref } from 'vue';
import { api } from '../../api/client';
import { toast, useProblemText } from '../../ui';

/** Sends a message again that its channel refused, or that may have been lost on the way. */
export function useRetry() {
  const retrying = ref(false);
  const problemText = useProblemText();

  async function retry(messageId: string): Promise<void> {
    retrying.value = true;
    try {
      await api.post(`/api/messages/${messageId}/retry`);
    } catch (problem) {
      toast(problemText(problem), { tone: 'bad' });
    } finally {
      retrying.value = false;
    }
  }
  return { retry, retrying };
}
