import { expect, test } from 'vitest';
import en from './en';
import enPages from './en.pages';
import zhTW from './zh-TW';
import zhTWPages from './zh-TW.pages';

function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path ? `${path}.${key}` : key));
}

test('every text is there in every language', () => {
  expect(keysOf(zhTW).sort()).toEqual(keysOf(en).sort());
  expect(keysOf(zhTWPages).sort()).toEqual(keysOf(enPages).sort());
});

test('no text is said twice', () => {
  const work = new Set(keysOf(en));
  expect(keysOf(enPages).filter((key) => work.has(key))).toEqual([]);
});
