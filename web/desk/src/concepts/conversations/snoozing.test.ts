import { afterEach, expect, test } from 'vitest';
import { momentOf, useTimeZone, wallClock } from '../../ui/format';
import { snoozeChoices } from './snoozing';

const untilOf = (now: string, name: string) =>
  snoozeChoices(new Date(now))
    .find((one) => one.name === name)!
    .until!.toISOString();

afterEach(() => useTimeZone(null));

test('tomorrow is nine in the morning on the reader’s clock, wherever they are', () => {
  useTimeZone('Asia/Taipei');
  // 23:30 in Taipei: tomorrow begins in half an hour.
  expect(untilOf('2026-03-02T15:30:00Z', 'tomorrow')).toBe('2026-03-03T01:00:00.000Z');
  useTimeZone('America/New_York');
  expect(untilOf('2026-03-02T15:30:00Z', 'tomorrow')).toBe('2026-03-03T14:00:00.000Z');
});

test('it is nine also on the day on which the clocks change', () => {
  useTimeZone('Europe/Berlin');
  expect(untilOf('2026-03-28T12:00:00Z', 'tomorrow')).toBe('2026-03-29T07:00:00.000Z');
});

test('next week is the coming Monday, on a Monday the one after', () => {
  useTimeZone('UTC');
  expect(untilOf('2026-03-04T12:00:00Z', 'nextWeek')).toBe('2026-03-09T09:00:00.000Z');
  expect(untilOf('2026-03-02T12:00:00Z', 'nextWeek')).toBe('2026-03-09T09:00:00.000Z');
  expect(untilOf('2026-03-08T12:00:00Z', 'nextWeek')).toBe('2026-03-09T09:00:00.000Z');
});

test('a picked time is read on the reader’s clock', () => {
  useTimeZone('Asia/Taipei');
  expect(momentOf('2026-03-03T09:15')?.toISOString()).toBe('2026-03-03T01:15:00.000Z');
  expect(wallClock(new Date('2026-03-03T01:15:00Z'))).toBe('2026-03-03T09:15');
  expect(momentOf('')).toBeNull();
});
