import { expect, test } from 'vitest';
import { languageOf } from './languages';

test.each([
  ['de', 'en', 'German'],
  ['ja', 'zh-TW', '日文'],
  ['pt_BR', 'en', 'Brazilian Portuguese'],
  ['', 'en', ''],
  ['not a tag', 'en', 'not a tag'],
])('"%s" in %s is "%s"', (tag, desk, name) => {
  expect(languageOf(tag, desk)).toBe(name);
});
