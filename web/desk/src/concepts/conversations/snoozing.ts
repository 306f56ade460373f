import { zonedTime } from '../../ui/format';

export interface SnoozeChoice {
  name: 'halfHour' | 'threeHours' | 'tomorrow' | 'nextWeek' | 'contactWrites';
  until: Date | null;
}

const MINUTE = 60_000;
const MORNING = 9;
const MONDAY = 1;

/** The times one usually means, in the reader's own day: the hour of tomorrow and of Monday is the one on their clock. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const daysToMonday = ((MONDAY - zonedTime(now, 0, 0).weekday + 6) % 7) + 1;
  return [
    { name: 'halfHour', until: new Date(now.getTime() + 30 * MINUTE) },
    { name: 'threeHours', until: new Date(now.getTime() + 180 * MINUTE) },
    { name: 'tomorrow', until: zonedTime(now, 1, MORNING).at },
    { name: 'nextWeek', until: zonedTime(now, daysToMonday, MORNING).at },
    { name: 'contactWrites', until: null },
  ];
}
