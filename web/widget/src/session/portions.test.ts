import { expect, test } from 'vitest';

import { portions } from './portions';

test('an ordinary message is one', () => {
  expect(portions('hello', [1, 2])).toEqual([{ text: 'hello', files: [1, 2] }]);
});

test('a long text is cut between words and nothing of it is lost', () => {
  const text = Array.from({ length: 9_000 }, (_, i) => `word${String(i)}`).join(' ');
  const made = portions(text, ['file']);
  expect(made.length).toBeGreaterThan(1);
  expect(made.every((one) => one.text.length <= 10_000)).toBe(true);
  expect(made.map((one) => one.text).join(' ')).toBe(text);
  expect(made.at(-1)?.files).toEqual(['file']);
});

test('a text without a gap is cut, but never through one sign', () => {
  const made = portions('a' + '🙂'.repeat(10_000), []);
  expect(made.map((one) => one.text).join('')).toBe('a' + '🙂'.repeat(10_000));
  expect(made.every((one) => !/[\uD800-\uDBFF]$/.test(one.text))).toBe(true);
});

test('many files go in several messages', () => {
  expect(portions('', Array.from({ length: 23 }, (_, i) => i)).map((one) => one.files.length)).toEqual([10, 10, 3]);
});
