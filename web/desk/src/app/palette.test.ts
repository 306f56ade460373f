import { afterEach, expect, test } from 'vitest';
import { forgetChosen, remember, sectionsOf, type Entry } from './palette';

const entry = (text: string): Entry => ({ id: text, text, run: () => {} });
const texts = (query: string) => sectionsOf(query, here, places).map((section) => [section.name, ...section.entries.map((one) => one.text)]);
const here = ['Transfer…', 'Reply', 'Sign out'].map(entry);
const places = ['Settings: Results', 'Bram de Vries'].map(entry);

afterEach(forgetChosen);

test('without a question, what was used lately stands first and only once', () => {
  remember('Reply');
  remember('Bram de Vries');
  expect(texts('')).toEqual([
    ['app.palette.recent', 'Bram de Vries', 'Reply'],
    ['app.palette.here', 'Transfer…', 'Sign out'],
    ['app.palette.places', 'Settings: Results'],
  ]);
});

test('what was chosen and is no longer here is not offered', () => {
  remember('Somebody who left');
  expect(texts('')[0]![0]).toBe('app.palette.here');
});

test('a question brings what fits, the nearest first', () => {
  expect(texts('re')).toEqual([['', 'Reply', 'Settings: Results']]);
});
