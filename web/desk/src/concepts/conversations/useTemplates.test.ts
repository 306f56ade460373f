import { expect, test } from 'vitest';
import type { Template } from '../../api/types';
import { isSendable, piecesOf, placeOf } from './useTemplates';

const said = (text: string, values: Record<string, string>) =>
  piecesOf(text, values)
    .map((one) => one.text)
    .join('');

test('what stands in the places is what goes out, and a place without words shows its name', () => {
  expect(said('Hola {{1}}, pedido {{ 2 }}.', { '1': 'Ana', '2': '7' })).toBe('Hola Ana, pedido 7.');
  expect(said('Hola {{1}}, pedido {{2}}.', { '1': 'Ana', '2': '' })).toBe('Hola Ana, pedido {{2}}.');
  expect(said('{{name}} {{name}}', { name: '{{1}}' })).toBe('{{1}} {{1}}');
});

test('only places are marked as such', () => {
  expect(piecesOf('{{1}}, hola', { '1': 'Ana' })).toEqual([
    { text: 'Ana', place: '1' },
    { text: ', hola', place: null },
  ]);
});

test('what is not approved, or has more to fill, is not offered', () => {
  const one: Template = { name: 'a', language: 'es', state: 'approved', text: 'Hola', places: [], beyond: '' };
  expect([one, { ...one, state: 'pending' as const }, { ...one, beyond: 'header' as const }].map(isSendable)).toEqual([true, false, false]);
});

test('a place says what it is of', () => {
  const buttons = [{ kind: 'reply' as const, text: 'Yes' }, { kind: 'url' as const, text: 'Track', place: 'url.1' }];
  const one: Template = { name: 'a', language: 'es', state: 'approved', text: '{{header.1}} {{1}}', buttons };
  expect(['1', 'header.name', 'url.1'].map((place) => placeOf(place, one))).toEqual([
    { of: 'text', name: '1' },
    { of: 'header', name: 'name' },
    { of: 'url', name: 'Track' },
  ]);
  expect(piecesOf('{{header.1}}!', { 'header.1': 'Hi' }).map((piece) => piece.text)).toEqual(['Hi', '!']);
});
