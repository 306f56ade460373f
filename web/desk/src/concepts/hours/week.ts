import type { Period } from '../../api/types';

/** A week is painted on one line of minutes, from Monday 00:00 on; what is kept are the periods of each day. */
export type Kind = Period['kind'];
export type Brush = Kind | 'erase';
export type Week = Period[][];
export interface Span {
  from: number;
  to: number;
  kind: Kind;
}
/** What of a period lies on a day: what passes midnight is shown on both. */
export interface Shown extends Span {
  period: Period;
  day: number;
  index: number;
  past: boolean;
  before: boolean;
}

export const DAY = 24 * 60;
export const WEEK = 7 * DAY;
export const STEP = 15;

export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

export function spanOf(period: Period): Span {
  const from = minutesOf(period.start);
  const to = minutesOf(period.end);
  return { from, to: to > from ? to : to + DAY, kind: period.kind ?? 'open' };
}

export function shownOn(week: Week, day: number): Shown[] {
  const before = (day + 6) % 7;
  const found: Shown[] = [];
  week[before]?.forEach((period, index) => {
    const { to, kind } = spanOf(period);
    if (to > DAY) found.push({ from: 0, to: to - DAY, kind, period, day: before, index, past: false, before: true });
  });
  week[day]?.forEach((period, index) => {
    const { from, to, kind } = spanOf(period);
    found.push({ from, to: Math.min(to, DAY), kind, period, day, index, past: to > DAY, before: false });
  });
  return found.sort((one, other) => one.from - other.from);
}

/** The week with something painted over it; touching spans of one kind become one. */
export function paint(week: Week, day: number, from: number, to: number, brush: Brush): Week {
  const begin = day * DAY + from;
  const end = day * DAY + to;
  const cut = lineOf(week).flatMap((span) =>
    [
      { ...span, to: Math.min(span.to, begin) },
      { ...span, from: Math.max(span.from, end) },
    ].filter((part) => part.from < part.to),
  );
  if (brush !== 'erase' && begin < end) cut.push({ from: begin, to: end, kind: brush });
  return daysOf(joined(cut));
}

export function openMinutes(week: Week, day: number): number {
  return shownOn(week, day).reduce((sum, span) => sum + (span.kind === 'open' ? span.to - span.from : 0), 0);
}

function lineOf(week: Week): Span[] {
  return week.flatMap((periods, day) =>
    periods.flatMap((period) => {
      const { from, to, kind } = spanOf(period);
      const span = { from: day * DAY + from, to: day * DAY + to, kind };
      if (span.to <= WEEK) return [span];
      return [
        { ...span, to: WEEK },
        { ...span, from: 0, to: span.to - WEEK },
      ];
    }),
  );
}

function joined(spans: Span[]): Span[] {
  const made: Span[] = [];
  for (const span of spans.sort((one, other) => one.from - other.from)) {
    const last = made.at(-1);
    if (last && last.to >= span.from && last.kind === span.kind) last.to = Math.max(last.to, span.to);
    else made.push({ ...span });
  }
  const first = made[0];
  const last = made.at(-1);
  if (first && last && first !== last && first.from === 0 && last.to === WEEK && first.kind === last.kind && last.to - last.from + first.to < DAY) {
    last.to += first.to;
    made.shift();
  }
  return made;
}

/** A period belongs to the day on which it begins, and is shorter than a day once it passes midnight. */
function daysOf(spans: Span[]): Week {
  const week: Week = Array.from({ length: 7 }, () => []);
  for (const { from, to, kind } of spans) {
    let begin = from;
    while (begin < to) {
      const day = Math.floor(begin / DAY);
      const midnight = (day + 1) * DAY;
      const end = to <= midnight || to - begin < DAY ? to : midnight;
      const inDay = end - day * DAY;
      week[day % 7]!.push({ start: timeOf(begin - day * DAY), end: timeOf(inDay > DAY ? inDay - DAY : inDay), kind });
      begin = end;
    }
  }
  return week;
}

/** Days with the same periods, one after the other. */
export function alike(week: Week): { from: number; to: number; periods: Period[] }[] {
  const groups: { from: number; to: number; periods: Period[] }[] = [];
  week.forEach((periods, day) => {
    const last = groups.at(-1);
    if (last && JSON.stringify(last.periods) === JSON.stringify(periods)) last.to = day;
    else groups.push({ from: day, to: day, periods });
  });
  return groups.filter((group) => group.periods.some((period) => period.kind !== 'break'));
}
