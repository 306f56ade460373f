import { useI18n } from 'vue-i18n';

/** 84.2 → "84.2 %"; nothing to divide by is "–", never 0 or 100. */
export function usePercent(): (value: number | null) => string {
  const { locale } = useI18n();
  return (value) => {
    if (value === null) return '–';
    return new Intl.NumberFormat(locale.value, { style: 'percent', maximumFractionDigits: 1 }).format(value / 100);
  };
}
