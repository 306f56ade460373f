import { useI18n } from 'vue-i18n';
import type { RatingFigures } from '../../api/types';

/** Figures of ratings as they are read. */
export function useShown() {
  const { locale } = useI18n();
  const written = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale.value, options);
  return {
    average: (of: RatingFigures) => (of.average === null ? '–' : written({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(of.average)),
    share: (of: RatingFigures) => (of.asked ? written({ style: 'percent', maximumFractionDigits: 0 }).format(of.count / of.asked) : '–'),
  };
}
