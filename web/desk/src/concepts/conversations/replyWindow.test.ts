import { expect, test } from 'vitest';
import { secondsLeft } from './replyWindow';

const NOON = Date.parse('2026-03-02T12:00:00Z');

test('a channel that never closes has no window', () => {
  expect(secondsLeft({ reply_until: null }, false, NOON)).toBe(null);
});

test('the window counts down to its end and not below', () => {
  expect(secondsLeft({ reply_until: '2026-03-02T13:00:00Z' }, true, NOON)).toBe(3600);
  expect(secondsLeft({ reply_until: '2026-03-02T11:00:00Z' }, true, NOON)).toBe(0);
});

test('who never wrote cannot be answered freely', () => {
  expect(secondsLeft({ reply_until: null }, true, NOON)).toBe(0);
});
