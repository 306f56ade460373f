import { describe, expect, test } from 'vitest';
import type { MessageOut, ScheduledOut } from '../../api/types';
import { useTimeZone } from '../../ui/format';
import { isOvertaken, laterChoices } from './scheduled';

const told = (now: string) => laterChoices(new Date(now)).map(({ name, at }) => [name, at.toISOString()]);

describe('the times one usually means', () => {
  test('are on the clock of whoever writes', () => {
    useTimeZone('Asia/Taipei');
    expect(told('2026-11-27T02:10:00Z')).toEqual([
      ['laterToday', '2026-11-27T05:30:00.000Z'],
      ['tomorrow', '2026-11-28T01:00:00.000Z'],
      ['monday', '2026-11-30T01:00:00.000Z'],
    ]);
  });

  test('are not today where the day is over, and Monday once where it is tomorrow', () => {
    useTimeZone('UTC');
    expect(told('2026-11-29T17:00:00Z')).toEqual([['tomorrow', '2026-11-30T09:00:00.000Z']]);
  });
});

test('what the contact wrote since overtakes what waits, not what a colleague noted', () => {
  const row = { after_seq: 3 } as ScheduledOut;
  const message = (seq: number, kind: string, visibility = 'public') => ({ seq, visibility, author: { kind } }) as MessageOut;
  expect(isOvertaken(row, [message(3, 'contact'), message(4, 'agent', 'internal')])).toBe(false);
  expect(isOvertaken(row, [message(4, 'contact')])).toBe(true);
});
