import { mornings } from './mornings';

export interface SnoozeChoice {
  name: 'halfHour' | 'threeHours' | 'tomorrow' | 'nextWeek' | 'contactWrites';
  until: Date | null;
}

const MINUTE = 60_000;

/** The times one usually means, in the reader's own day: the hour of tomorrow and of Monday is the one on their clock. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const { tomorrow, monday } = mornings(now);
  return [
    { name: 'halfHour', until: new Date(now.getTime() + 30 * MINUTE) },
    { name: 'threeHours', until: new Date(now.getTime() + 180 * MINUTE) },
    { name: 'tomorrow', until: tomorrow },
    { name: 'nextWeek', until: monday },
    { name: 'contactWrites', until: null },
  ];
}
