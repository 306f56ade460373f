import { expect, test } from 'vitest';
import { ALL, matching, nameOf } from './list';

const signs = (query: string) => matching(query).map((one) => one.sign);

test('each sign and each name stands once, with words in both languages', () => {
  expect(new Set(ALL.map((one) => one.sign)).size).toBe(ALL.length);
  expect(new Set(ALL.map((one) => one.name)).size).toBe(ALL.length);
  for (const { sign, name, words } of ALL) {
    expect(sign).toMatch(/\p{Emoji}/u);
    expect(name).toMatch(/^[a-z0-9_]+$/);
    expect(words.zh[0]).toBeTruthy();
  }
});

test('names come before other words', () => {
  expect(signs('smile')[0]).toBe('🙂');
  expect(signs('smile')).toContain('😊');
  expect(signs('ok')).toEqual(['👌', '🆗']);
});

test('they are found in Chinese, by any word of theirs, and by two words', () => {
  expect(signs('感謝')).toEqual(['🙏']);
  expect(signs('thanks')).toEqual(['🙏', '🙇']);
  expect(signs('thumbs u')).toEqual(['👍']);
  expect(signs('+1')).toEqual(['👍']);
  expect(signs('nothing at all')).toEqual([]);
});

test('each is called in the language of the desk', () => {
  const thumb = ALL.find((one) => one.sign === '👍')!;
  expect([nameOf(thumb, 'en'), nameOf(thumb, 'zh-TW')]).toEqual(['thumbs up', '讚']);
});
