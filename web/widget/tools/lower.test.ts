import { expect, test } from 'vitest';

import { lower } from './lower';

const flat = (css: string): string => css.replace(/\s+/g, '');

test('a pair becomes two blocks, and what has no pair stays in the first', () => {
  expect(flat(lower(".root { --a: light-dark(#fff, #000); --b: 4px; }"))).toBe(
    ".root{--a:#fff;--b:4px;}.root[data-theme='dark']{--a:#000}",
  );
});

test('several pairs in one value, inside a media query', () => {
  expect(flat(lower('@media print { .root { --s: 0 1px light-dark(#111, #222), 0 2px light-dark(#333, #444); } }'))).toBe(
    "@mediaprint{.root{--s:01px#111,02px#333;}.root[data-theme='dark']{--s:01px#222,02px#444}}",
  );
});
