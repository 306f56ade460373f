import { describe, expect, it } from 'vitest';
import { localIn, momentIn, nextClockChange } from './clockChange';

describe('clocks that are changed', () => {
  it('finds the next change of a zone, and none where there is none', () => {
    const spring = nextClockChange('Europe/Berlin', Date.parse('2026-01-15T12:00:00Z'))!;
    expect(new Date(spring.at).toISOString()).toBe('2026-03-29T01:00:00.000Z');
    expect([spring.from, spring.to]).toEqual([120, 180]);
    const autumn = nextClockChange('Europe/Berlin', Date.parse('2026-07-15T12:00:00Z'))!;
    expect([autumn.from, autumn.to]).toEqual([180, 120]);
    expect(nextClockChange('Asia/Taipei', Date.parse('2026-01-15T12:00:00Z'))).toBeNull();
  });

  it('turns the time on a wall into a moment and back', () => {
    expect(momentIn('Asia/Taipei', '2026-06-05T17:40').toISOString()).toBe('2026-06-05T09:40:00.000Z');
    expect(momentIn('Europe/Berlin', '2026-03-30T09:00').toISOString()).toBe('2026-03-30T07:00:00.000Z');
    expect(localIn('Asia/Taipei', Date.parse('2026-06-05T09:40:00Z'))).toBe('2026-06-05T17:40');
  });
});
