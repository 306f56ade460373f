import { useI18n } from 'vue-i18n';

/** What went wrong with a provider: in our words where it is one of ours, else in the provider's. */
export function useWhy() {
  const { t, te } = useI18n();
  return (detail: string) => (te(`lines.why.${detail}`) ? t(`lines.why.${detail}`) : detail);
}
