import { ref } from 'vue';
import { api } from '../../api/client';
import type { MailOut } from '../../api/types';

/** The whole of a mail, asked for once, when somebody wants more of it than the log shows. */
export function useMail(messageId: () => string) {
  const whole = ref<MailOut | null>(null);
  const problem = ref<unknown>(null);
  const busy = ref(false);

  async function load(): Promise<void> {
    if (whole.value || busy.value) return;
    busy.value = true;
    try {
      whole.value = await api.get<MailOut>(`/api/messages/${messageId()}/mail`);
      problem.value = null;
    } catch (error) {
      problem.value = error;
    } finally {
      busy.value = false;
    }
  }

  return { whole, problem, busy, load };
}
