import { expect, test } from 'vitest';

import { chooseLocale } from './locale';
import { speaker } from './say';

test.each([
  [undefined, ['zh-TW', 'en'], 'en', 'zh-TW'],
  [undefined, ['zh-Hant-HK'], 'en', 'zh-TW'],
  [undefined, ['en-GB'], 'zh-TW', 'en'],
  [undefined, ['de', 'en'], 'zh-TW', 'en'],
  [undefined, ['de'], 'zh-TW', 'zh-TW'],
  [undefined, ['de'], 'fr', 'en'],
  ['zh-TW', ['en'], 'en', 'zh-TW'],
])('page %s, visitor %s, channel %s: %s', (wished, visitor, channel, locale) => {
  expect(chooseLocale(wished, visitor, channel)).toBe(locale);
});

test('values are filled in, and one is not many', () => {
  const say = speaker({ unread: '{n} messages', unread_one: '1 message' }, 'en');
  expect(say('unread', { n: 1 })).toBe('1 message');
  expect(say('unread', { n: 2 })).toBe('2 messages');
});
