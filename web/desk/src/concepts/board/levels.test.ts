import { expect, test } from 'vitest';
import type { HourOut } from '../../api/types';
import { levelPoints } from './levels';

test('an hour in which no wait ended has no level, not zero', () => {
  const hour = (service_level: number | null) => ({ service_level }) as HourOut;
  expect(levelPoints([hour(null), hour(80), hour(null), hour(0)])).toEqual([
    { at: 1, level: 80 },
    { at: 3, level: 0 },
  ]);
});
