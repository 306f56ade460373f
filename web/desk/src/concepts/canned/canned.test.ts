import { describe, expect, test, vi } from 'vitest';
import type { CannedResponseOut } from '../../api/types';
import { matching } from './canned';
import { fill, pieces } from './variables';

vi.mock('../session', () => ({ me: { value: null } }));

const row = (shortcut: string, title: string, change: Partial<CannedResponseOut> = {}) =>
  ({ id: shortcut, shortcut, title, text: '', language: '', active: true, used: 0, ...change }) as CannedResponseOut;
const found = (rows: CannedResponseOut[], query: string, language = 'en') => matching(rows, query, language).map((one) => one.shortcut);

describe('what fits', () => {
  const rows = [
    row('photo-request', 'Ask for a photo'),
    row('refund', 'Money back'),
    row('hours', 'Return within 30 days'),
    row('label', 'The return label'),
  ];

  test('the shortcut first, then the title, then a word of it, then anywhere', () => {
    expect(found(rows, 're')).toEqual(['refund', 'hours', 'label', 'photo-request']);
  });

  test('without a word: the most used on top, in the language of the contact first', () => {
    const used = [row('a', 'A', { used: 3 }), row('b', 'B', { used: 9 }), row('c', 'C', { language: 'zh-TW' })];
    expect(found(used, '', 'zh-TW')).toEqual(['c', 'b', 'a']);
  });

  test('what is switched off is not offered, and nothing is found for nonsense', () => {
    expect(found([row('off', 'Off', { active: false })], 'off')).toEqual([]);
    expect(found(rows, 'xyz')).toEqual([]);
  });

  test('Chinese words are found by any of their signs', () => {
    expect(found([row('換貨', '換貨已寄出'), row('標籤', '退換貨標籤')], '換')).toEqual(['換貨', '標籤']);
  });
});

describe('filling in', () => {
  const values = { ContactName: 'Amara', AgentName: 'Mei', ContactEmail: '' };

  test('known words are filled, unknown and empty ones stay', () => {
    expect(fill('Hi $ContactName, $AgentName here: $5, $Foo, $ContactEmail, $toString.', values)).toBe(
      'Hi Amara, Mei here: $5, $Foo, $ContactEmail, $toString.',
    );
  });

  test('what is filled is never filled again', () => {
    expect(fill('$ContactName', { ContactName: '$AgentName', AgentName: 'Mei' })).toBe('$AgentName');
  });

  test('the pieces tell what was filled', () => {
    expect(pieces('Hi $ContactName!', values)).toEqual([
      { text: 'Hi ', filled: false },
      { text: 'Amara', filled: true },
      { text: '!', filled: false },
    ]);
  });
});
