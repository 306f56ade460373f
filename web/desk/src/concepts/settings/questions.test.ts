import { expect, test } from 'vitest';
import type { Form, Question } from '../../api/types';
import { changed, kindsLeft, moved, optionsIn, withOptions, without, withQuestion } from './questions';

const empty: Form = { active: true, intro: {}, questions: [] };
const ids = (form: Form) => (form.questions ?? []).map(({ id }) => id);

test('who one is can be asked once, the rest as often as one likes', () => {
  let form = withQuestion(withQuestion(withQuestion(empty, 'email'), 'text'), 'text');
  expect(ids(form)).toEqual(['email', 'text', 'text-2']);
  expect(kindsLeft(form)).toEqual(['name', 'phone', 'text', 'choice', 'consent']);
  form = withQuestion(without(form, 1), 'text');
  expect(ids(form)).toEqual(['email', 'text-2', 'text']);
});

test('questions are moved and changed in place', () => {
  const form = withQuestion(withQuestion(empty, 'name'), 'email');
  expect(ids(moved(form, 1, -1))).toEqual(['email', 'name']);
  expect(changed(form, 0, { required: true }).questions?.[0]?.required).toBe(true);
});

test('options are lines, in each language', () => {
  const choice: Question = { id: 'choice', kind: 'choice', options: [] };
  choice.options = withOptions(choice, 'en', 'Returns\nOrders\n');
  expect(optionsIn(choice, 'en')).toBe('Returns\nOrders\n');
  choice.options = withOptions(choice, 'zh-TW', '退貨');
  expect(optionsIn(choice, 'en')).toBe('Returns\nOrders');
  expect(choice.options[0]).toEqual({ en: 'Returns', 'zh-TW': '退貨' });
  choice.options = withOptions(choice, 'en', 'Returns');
  expect(choice.options).toEqual([{ en: 'Returns', 'zh-TW': '退貨' }]);
});
