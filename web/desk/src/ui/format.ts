import { computed, readonly, ref } from 'vue';
import { useI18n } from 'vue-i18n';

function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Where the reader's day begins; undefined is where their computer stands. */
const zone = ref<string>();
export const timeZone = readonly(zone);

/** A zone that this browser has never heard of counts as none. */
export function useTimeZone(name: string | null | undefined): void {
  try {
    zone.value = name ? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone : undefined;
  } catch {
    zone.value = undefined;
  }
}

/** By language, zone and kind. To make one takes far longer than to use it, and every line of a list needs some. */
const made = new Map<string, unknown>();

/** Dates, numbers, sizes and lengths of time in the language of the desk. */
export function useFormat() {
  const { locale } = useI18n();
  function once<Tool>(kind: string, make: (language: string) => Tool): Tool {
    const key = `${locale.value} ${timeZone.value ?? ''} ${kind}`;
    const known = (made.get(key) as Tool | undefined) ?? make(locale.value);
    made.set(key, known);
    return known;
  }
  const dates = (kind: string, options: Intl.DateTimeFormatOptions) =>
    once(kind, (language) => new Intl.DateTimeFormat(language, { ...options, timeZone: timeZone.value }));
  const tools = {
    time: () => dates('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    day: () => dates('day', { weekday: 'long', day: 'numeric', month: 'long' }),
    date: () => dates('date', { day: 'numeric', month: 'short' }),
    dateYear: () => dates('dateYear', { day: 'numeric', month: 'short', year: 'numeric' }),
    near: () => dates('near', { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    full: () => dates('full', { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }),
    number: () => once('number', (language) => new Intl.NumberFormat(language)),
    list: () => once('list', (language) => new Intl.ListFormat(language, { type: 'conjunction' })),
    relative: () => once('relative', (language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' })),
  };
  const inUnit = (unit: string, unitDisplay: 'short' | 'narrow', maximumFractionDigits?: number) =>
    once(`${unit} ${unitDisplay}`, (language) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits }));
  function unit(value: number, name: 'second' | 'minute' | 'hour' | 'day'): string {
    return inUnit(name, 'short').format(value);
  }

  return {
    time: (at: string | number | Date) => tools.time().format(new Date(at)),
    /** Today by its name, else the weekday and date. */
    day(at: string): string {
      const date = new Date(at);
      const days = Math.round((dayOf(date) - dayOf(new Date())) / 86_400_000);
      if (days === 0 || days === -1) {
        const word = tools.relative().format(days, 'day');
        return word.charAt(0).toLocaleUpperCase(locale.value) + word.slice(1);
      }
      return tools.day().format(date);
    },
    /** Day and month, with the year when it is another one. */
    date(at: string): string {
      const date = new Date(at);
      const sameYear = new Date(dayOf(date)).getUTCFullYear() === new Date(dayOf(new Date())).getUTCFullYear();
      return (sameYear ? tools.date() : tools.dateYear()).format(date);
    },
    /** A moment that is near: its time, with the weekday unless it is today; else in full. */
    near(at: string): string {
      const days = (dayOf(new Date(at)) - dayOf(new Date())) / 86_400_000;
      if (days === 0) return tools.time().format(new Date(at));
      return (Math.abs(days) < 7 ? tools.near() : tools.full()).format(new Date(at));
    },
    dateTime: (at: string) => tools.full().format(new Date(at)),
    number: (value: number) => tools.number().format(value),
    list: (values: readonly string[]) => tools.list().format(values),
    /** 45 min, 9 hr. */
    unit,
    /** 0:41, 6:12, then minutes, hours and days: what stands beside a line of time. */
    wait(seconds: number): string {
      if (seconds < 600) return clockText(seconds);
      if (seconds < 3600) return unit(Math.floor(seconds / 60), 'minute');
      if (seconds < 86_400) {
        const minutes = Math.floor((seconds % 3600) / 60);
        const hours = inUnit('hour', 'narrow').format(Math.floor(seconds / 3600));
        return minutes ? `${hours} ${inUnit('minute', 'narrow').format(minutes)}` : hours;
      }
      return unit(Math.floor(seconds / 86_400), 'day');
    },
    /** "4 seconds ago", to the unit that says enough. */
    ago(seconds: number): string {
      const whole = Math.max(0, Math.round(seconds));
      const relative = tools.relative();
      if (whole < 60) return relative.format(-whole, 'second');
      if (whole < 3600) return relative.format(-Math.floor(whole / 60), 'minute');
      if (whole < 86_400) return relative.format(-Math.floor(whole / 3600), 'hour');
      return relative.format(-Math.floor(whole / 86_400), 'day');
    },
    /** A length of time to the second: 12:40, 1:02:33; from a day on to the hour. */
    duration(seconds: number): string {
      const hours = Math.floor(seconds / 3600);
      if (hours >= 24) return `${unit(Math.floor(hours / 24), 'day')} ${unit(hours % 24, 'hour')}`;
      if (!hours) return clockText(seconds);
      const rest = clockText(seconds % 3600).padStart(5, '0');
      return `${hours}:${rest}`;
    },
    size(bytes: number): string {
      const step = (['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const)[Math.min(3, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))]!;
      const value = bytes / { byte: 1, kilobyte: 1e3, megabyte: 1e6, gigabyte: 1e9 }[step];
      const digits = step === 'megabyte' || step === 'gigabyte' ? 1 : 0;
      return inUnit(step, 'short', digits).format(value);
    },
  };
}

const calendar = computed(() => new Intl.DateTimeFormat('en-CA', { timeZone: timeZone.value, year: 'numeric', month: '2-digit', day: '2-digit' }));

/** The reader's calendar day, as the moment at which it begins in UTC: such days can be counted. */
export function dayOf(date: Date): number {
  const [year, month, day] = calendar.value.format(date).split('-').map(Number);
  return Date.UTC(year!, month! - 1, day);
}

const clock = computed(
  () => new Intl.DateTimeFormat('en-CA', { timeZone: timeZone.value, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' }),
);

/** How far the reader's clock is ahead of UTC at a moment. */
function ahead(at: number): number {
  const [year, month, day, hour, minute, second] = clock.value.format(at).split(/\D+/).map(Number);
  return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - Math.floor(at / 1000) * 1000;
}

/** The moment at which the reader's clock shows this, written as if it were UTC. Twice, because the shift may lie in between. */
function fromWall(wall: number): Date {
  const guess = wall - ahead(wall);
  return new Date(wall - ahead(guess));
}

/** The reader's clock at an hour of the day, so many days on; and which weekday that is, 0 for Sunday. */
export function zonedTime(from: Date, days: number, hour: number): { at: Date; weekday: number } {
  const day = dayOf(from) + days * 86_400_000;
  return { at: fromWall(day + hour * 3_600_000), weekday: new Date(day).getUTCDay() };
}

/** A moment as a field for date and time shows it, and back. */
export function wallClock(at: Date): string {
  return new Date(at.getTime() + ahead(at.getTime())).toISOString().slice(0, 16);
}
export function momentOf(text: string): Date | null {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) ? null : fromWall(wall);
}
