import { expect, test } from 'vitest';
import { pieces, textIn, unknownIn } from './prompts';

test('a word that is no variable is told, with the one it was meant for', () => {
  expect(unknownIn('$AgentNmae and $OwnerName cost $5 $Zebra', ['AgentName', 'OwnerName'])).toEqual([
    { word: 'AgentNmae', meant: 'AgentName' },
    { word: 'Zebra', meant: null },
  ]);
});

test('the text comes in the nearest language', () => {
  const texts = { en: 'E', 'zh-TW': '繁', de: '' };
  expect(['zh-TW', 'zh-HK', 'en-GB', 'fr', 'de'].map((language) => textIn(texts, [language]))).toEqual(['繁', '繁', 'E', 'E', 'E']);
});

test('what is filled in stands out, and unknown words stay', () => {
  expect(pieces('Hi $Name, $Nobody', { Name: 'Amara' })).toEqual([
    { text: 'Hi ', filled: false },
    { text: 'Amara', filled: true },
    { text: ', $Nobody', filled: false },
  ]);
});
