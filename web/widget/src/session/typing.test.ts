import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Typing } from './typing';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('we say it at most every three seconds, and again at once after a message', () => {
  const tell = vi.fn();
  const typing = new Typing(tell, () => undefined);
  for (const at of [10_000, 11_000, 12_999, 13_000]) typing.key(at);
  expect(tell).toHaveBeenCalledTimes(2);
  typing.sent();
  typing.key(13_100);
  expect(tell).toHaveBeenCalledTimes(3);
});

test('an agent who stops is forgotten after six seconds, one who goes on is not', () => {
  const changed = vi.fn();
  const typing = new Typing(() => undefined, changed);
  typing.heard('Jonas');
  vi.advanceTimersByTime(4_000);
  typing.heard('Jonas');
  vi.advanceTimersByTime(4_000);
  expect(typing.by).toBe('Jonas');
  vi.advanceTimersByTime(2_000);
  expect(typing.by).toBeNull();
  expect(changed).toHaveBeenCalledTimes(3);
});
