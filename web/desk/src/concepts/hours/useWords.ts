import { useI18n } from 'vue-i18n';
import type { Period, SpecialDayOut } from '../../api/types';
import { localIn } from './clockChange';
import { DAY, spanOf } from './week';

/** Days and periods in words. */
export function useWords() {
  const { t, locale } = useI18n();
  const weekday = (day: number, length: 'long' | 'short' = 'long') =>
    new Intl.DateTimeFormat(locale.value, { weekday: length, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day));
  const dateParts = (date: string) => ({
    day: new Intl.DateTimeFormat(locale.value, { day: 'numeric', timeZone: 'UTC' }).format(Date.parse(date)).replace(/\D+$/, ''),
    month: new Intl.DateTimeFormat(locale.value, { month: 'short', timeZone: 'UTC' }).format(Date.parse(date)),
  });

  /** A moment by the clock of a zone, with the day unless that is today. */
  function clock(at: string, zone: string): string {
    const isToday = localIn(zone, Date.parse(at)).slice(0, 10) === localIn(zone, Date.now()).slice(0, 10);
    const isNear = Date.parse(at) - Date.now() < 6 * 86_400_000;
    const day = isNear ? { weekday: 'short' as const } : { day: 'numeric' as const, month: 'short' as const };
    const parts = { ...(isToday ? {} : day), hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
    return new Intl.DateTimeFormat(locale.value, parts).format(Date.parse(at));
  }

  function period(one: Period, day: number | null = null): string {
    const past = spanOf(one).to > DAY;
    if (!past || day === null) return t('hours.from_to', { from: one.start, to: one.end });
    return t('hours.from_to_on', { from: one.start, to: one.end, day: weekday((day + 1) % 7) });
  }

  function special(day: SpecialDayOut): string {
    if (day.kind === 'holiday') return t('hours.closed');
    if (day.like !== null) return t('hours.asOn', { day: weekday(day.like) });
    const open = day.periods.filter((one) => one.kind !== 'break');
    return open.length ? t('hours.openAt', { times: open.map((one) => period(one)).join(', ') }) : t('hours.closed');
  }

  return { clock, weekday, dateParts, period, special };
}
