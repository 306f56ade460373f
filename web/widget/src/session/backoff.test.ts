import { expect, test } from 'vitest';

import { backoff } from './backoff';

const most = (attempt: number): number => backoff(attempt, () => 1);
const least = (attempt: number): number => backoff(attempt, () => 0);

test('each attempt waits longer than the one before, up to half a minute', () => {
  for (let attempt = 1; attempt <= 5; attempt++) expect(most(attempt)).toBeGreaterThan(most(attempt - 1));
  expect(most(0)).toBeLessThanOrEqual(1_000);
  expect(most(40)).toBe(30_000);
  expect(most(10_000)).toBe(30_000);
});

test('chance spreads the visitors over half of the time, never down to nothing', () => {
  for (const attempt of [0, 3, 9]) expect(least(attempt)).toBe(most(attempt) / 2);
  const waits = new Set(Array.from({ length: 50 }, () => backoff(3)));
  expect(waits.size).toBeGreaterThan(40);
});
