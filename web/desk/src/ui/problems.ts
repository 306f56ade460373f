import { useI18n } from 'vue-i18n';
import { Problem } from '../api/client';

/** The sentence for a refusal: ours by its code where there is one, else the server's. */
export function useProblemText(): (error: unknown) => string {
  const { t, te } = useI18n();
  return (error) => {
    if (error instanceof Problem) {
      if (te(`problems.${error.code}`)) return t(`problems.${error.code}`);
      if (error.detail) return error.detail;
    }
    return t('problems.unknown');
  };
}
