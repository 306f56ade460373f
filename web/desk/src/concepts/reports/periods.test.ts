import { expect, test } from 'vitest';
import { beginOf, isPeriod } from './periods';

const now = new Date(2026, 2, 2, 15, 30);

test('a period begins at a midnight, today included', () => {
  expect(beginOf('today', now)).toBe(new Date(2026, 2, 2).toISOString());
  expect(beginOf('week', now)).toBe(new Date(2026, 1, 24).toISOString());
  expect(beginOf('all', now)).toBeUndefined();
});

test('what stands in an address need not be a period', () => {
  expect(isPeriod('month')).toBe(true);
  expect(isPeriod('toString')).toBe(false);
  expect(isPeriod(undefined)).toBe(false);
});
