import { expect, test } from 'vitest';
import en from './en';
import zhTW from './zh-TW';

function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path ? `${path}.${key}` : key));
}

test('every text is there in every language', () => {
  expect(keysOf(zhTW).sort()).toEqual(keysOf(en).sort());
});
