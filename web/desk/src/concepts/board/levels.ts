import type { HourOut } from '../../api/types';

/** The hours that have a service level, by their place in the day. */
export function levelPoints(hours: readonly HourOut[]): { at: number; level: number }[] {
  return hours.flatMap(({ service_level: level }, at) => (level === null ? [] : [{ at, level }]));
}
