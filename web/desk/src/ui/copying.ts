import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { toast } from './toasts';

const SHOWN = 2000;

/** Copies a text, and says for a moment that it did; or that the browser does not let it. */
export function useCopy() {
  const { t } = useI18n();
  const copied = ref(false);

  async function copy(text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      copied.value = true;
      setTimeout(() => (copied.value = false), SHOWN);
    } catch {
      toast(t('common.copyFailed'), { tone: 'bad' });
    }
  }
  return { copied, copy };
}
