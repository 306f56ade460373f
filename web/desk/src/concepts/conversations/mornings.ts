import { zonedTime } from '../../ui/format';

const HOUR = 9;
const MONDAY = 1;

/** The mornings one usually means, in the reader's own day: of tomorrow, and of the Monday that comes next. */
export function mornings(now: Date): { tomorrow: Date; monday: Date } {
  const daysToMonday = ((MONDAY - zonedTime(now, 0, 0).weekday + 6) % 7) + 1;
  return { tomorrow: zonedTime(now, 1, HOUR).at, monday: zonedTime(now, daysToMonday, HOUR).at };
}
