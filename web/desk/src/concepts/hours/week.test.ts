import { describe, expect, it } from 'vitest';
import type { Period } from '../../api/types';
import { alike, openMinutes, paint, shownOn, spanOf, type Week } from './week';

const none = (): Week => Array.from({ length: 7 }, () => []);
const written = (periods: Period[] | undefined) => (periods ?? []).map((one) => `${one.kind === 'break' ? '~' : ''}${one.start}-${one.end}`).join(' ');

describe('painting a week', () => {
  it('adds a period and erases a part of it', () => {
    const week = paint(none(), 0, 9 * 60, 18 * 60, 'open');
    expect(written(week[0])).toBe('09:00-18:00');
    expect(written(paint(week, 0, 12 * 60, 13 * 60, 'erase')[0])).toBe('09:00-12:00 13:00-18:00');
  });

  it('puts a break over what is open, and joins what touches', () => {
    const week = paint(paint(none(), 0, 540, 1080, 'open'), 0, 720, 780, 'break');
    expect(written(week[0])).toBe('09:00-12:00 ~12:00-13:00 13:00-18:00');
    expect(written(paint(week, 0, 720, 780, 'open')[0])).toBe('09:00-18:00');
  });

  it('passes midnight, also from Sunday to Monday', () => {
    const friday = paint(paint(none(), 4, 20 * 60, 24 * 60, 'open'), 5, 0, 120, 'open');
    expect([written(friday[4]), written(friday[5])]).toEqual(['20:00-02:00', '']);
    expect(shownOn(friday, 5)).toMatchObject([{ from: 0, to: 120, before: true, day: 4 }]);
    const sunday = paint(paint(none(), 6, 22 * 60, 24 * 60, 'open'), 0, 0, 360, 'open');
    expect([written(sunday[6]), written(sunday[0])]).toEqual(['22:00-06:00', '']);
    expect(written(paint(sunday, 0, 0, 60, 'erase')[0])).toBe('01:00-06:00');
  });

  it('keeps whole days apart', () => {
    let week = none();
    for (let day = 0; day < 7; day += 1) week = paint(week, day, 0, 1440, 'open');
    expect(week.map(written)).toEqual(Array.from({ length: 7 }, () => '00:00-24:00'));
    expect(openMinutes(week, 3)).toBe(1440);
  });

  it('tells days alike together', () => {
    let week = none();
    for (const day of [0, 1, 2, 4]) week = paint(week, day, 540, 1080, 'open');
    expect(alike(week).map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [4, 4],
    ]);
  });

  it('reads an end that is not later as one on the next day', () => {
    expect(spanOf({ start: '20:00', end: '02:00', kind: 'open' })).toEqual({ from: 1200, to: 1560, kind: 'open' });
    expect(spanOf({ start: '00:00', end: '24:00', kind: 'open' }).to).toBe(1440);
  });
});
