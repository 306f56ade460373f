import { expect, test } from 'vitest';
import { settingChanges } from './auditSettings';

const words = { text: (_field: string, raw: unknown) => String(raw), known: (key: string) => key, language: (tag: string) => tag.toUpperCase() };

test('a text that changed is a line for each language it changed in, and says when it was switched', () => {
  const from = { on: true, texts: { en: 'Hello', de: 'Hallo', ja: 'やあ' } };
  const to = { on: false, texts: { en: 'Hi', de: 'Hallo' } };
  expect(settingChanges('prompts.welcome', from, to, words).map(({ field, from, to }) => [field.split('.').at(-1), from, to])).toEqual([
    ['welcome', 'true', 'false'],
    ['welcome, EN', 'Hello', 'Hi'],
    ['welcome, JA', 'やあ', '–'],
  ]);
});

test('any other setting is one line under its label', () => {
  expect(settingChanges('service_mode.connect_within', 20, 30, words)).toEqual([
    { field: 'audit.setting.service_mode.connect_within', from: '20', to: '30' },
  ]);
});
