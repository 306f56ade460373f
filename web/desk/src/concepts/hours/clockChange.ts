/** Minutes by which the clocks of a zone are ahead of UTC. */
export function offsetIn(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'));
  return Math.round((wall - Math.floor(at / 60_000) * 60_000) / 60_000);
}

export interface ClockChange {
  at: number;
  /** What the clock would show, and what it shows. */
  from: number;
  to: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** When the clocks of a zone are changed next, within a year; as minutes of that day. */
export function nextClockChange(zone: string, now: number): ClockChange | null {
  const before = offsetIn(zone, now);
  for (let day = 0; day < 366; day += 1) {
    let late = now + (day + 1) * DAY;
    if (offsetIn(zone, late) === before) continue;
    let early = late - DAY;
    while (late - early > MINUTE) {
      const middle = early + Math.floor((late - early) / 2 / MINUTE) * MINUTE;
      if (offsetIn(zone, middle) === before) early = middle;
      else late = middle;
    }
    const at = Math.floor(late / MINUTE) * MINUTE;
    const minute = (offset: number) => (((at / MINUTE + offset) % 1440) + 1440) % 1440;
    return { at, from: minute(before), to: minute(offsetIn(zone, at)) };
  }
  return null;
}

/** A time on the wall of a zone as a moment; in an hour that is skipped, the one after it. */
export function momentIn(zone: string, local: string): Date {
  const wall = Date.parse(`${local}Z`);
  const guess = wall - offsetIn(zone, wall) * MINUTE;
  return new Date(wall - offsetIn(zone, guess) * MINUTE);
}

/** A moment as a field for dates and times wants it. */
export function localIn(zone: string, at: number): string {
  return new Date(at + offsetIn(zone, at) * MINUTE).toISOString().slice(0, 16);
}
