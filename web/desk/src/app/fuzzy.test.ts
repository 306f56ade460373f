import { expect, test } from 'vitest';
import { fits } from './fuzzy';

const order = (query: string, ...texts: string[]) =>
  texts
    .map((text) => ({ text, score: fits(query, text) }))
    .filter((one) => one.score !== null)
    .sort((a, b) => b.score! - a.score!)
    .map((one) => one.text);

test('the beginning of a word is nearer than its middle, and a short text nearer than a long one', () => {
  expect(order('re', 'Score', 'Go to records', 'Reply')).toEqual(['Reply', 'Go to records', 'Score']);
});

test('initials find a command', () => {
  expect(order('es', 'End service', 'Transfer')).toEqual(['End service']);
});

test('every word has to be found', () => {
  expect(order('transfer ord', 'Transfer to Orders', 'Transfer to Returns', 'Orders')).toEqual(['Transfer to Orders']);
});

test('letters strewn over a text by chance are not found', () => {
  expect(fits('zone', 'Puzzle about money')).toBeNull();
});

test('Chinese is found by any of its characters', () => {
  expect(order('紀錄', '服務紀錄', '聯絡人')).toEqual(['服務紀錄']);
});
