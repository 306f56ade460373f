import { expect, test } from 'vitest';
import { clockIn, zoneOptions } from './zones';

test('the clock on their wall', () => {
  const at = Date.parse('2026-03-02T20:34:00Z');
  expect(clockIn('America/Argentina/Buenos_Aires', at, 'en')).toEqual({ time: '17:34', place: 'Buenos Aires' });
  expect(clockIn('Europe/London', at, 'zh-TW')?.place).toBe('英國時間');
  expect(clockIn('America/New_York', at, 'zh-TW')?.place).toBe('東部時間');
  expect(clockIn('UTC', at, 'zh-TW')?.place).toBe('UTC');
  expect(clockIn('Mars/Olympus', at, 'en')).toBeNull();
});

test('what is chosen can be chosen, whatever this browser lists', () => {
  const values = (chosen: string) => zoneOptions(chosen).map((one) => one.value);
  expect(values('Asia/Calcutta')).toContain('Asia/Calcutta');
  expect(new Set(values('UTC')).size).toBe(values('UTC').length);
});
