import { beforeEach, expect, test } from 'vitest';

import type { Form, Question } from '../wire';
import { Asking } from './asking';
import { conversation, entry, keepOn, Shelf } from './make';

const question = (id: string, kind: Question['kind']): Question => ({ id, kind, required: true, labels: {}, options: [], url: '' });
const FORM: Form = { intro: {}, questions: [question('name', 'name'), question('about', 'choice')] };
const stranger = { name: '', answered: [] };
const known = { name: 'Amara', answered: ['name'] };
let shelf: Shelf;
const asking = (form: Form | null = FORM): Asking => new Asking(keepOn(shelf), form);
const ids = (form: Form | null): string[] | null => form && form.questions.map(({ id }) => id);

beforeEach(() => {
  shelf = new Shelf();
});

test('a stranger is asked everything, before any word to the server', () => {
  expect(ids(asking().form(null, null, [], false))).toEqual(['name', 'about']);
  expect(ids(asking().form(stranger, null, [], true))).toEqual(['name', 'about']);
});

test('who is known is asked only what is new, and nothing before that is clear', () => {
  expect(asking().form(null, null, [], true)).toBeNull();
  expect(ids(asking().form(known, conversation('a', { state: 'closed' }), [], true))).toEqual(['about']);
  expect(asking({ ...FORM, questions: [question('name', 'name')] }).form(known, null, [], true)).toBeNull();
});

test('nothing is asked in an open conversation, with words under way, or without a form', () => {
  expect(asking().form(known, conversation(), [], true)).toBeNull();
  expect(asking().form(stranger, null, [entry('a')], false)).toBeNull();
  expect(asking(null).form(null, null, [], false)).toBeNull();
});

test('answers outlive the page until a conversation has taken them in', () => {
  asking().keepAnswers({ name: 'Amara' });
  expect(asking().answers()).toEqual({ name: 'Amara' });
  expect(asking().form(stranger, null, [], true)).toBeNull();
  asking().opened(conversation('a', { state: 'closed' }));
  expect(asking().answers()).not.toBeNull();
  asking().opened(conversation());
  expect(asking().answers()).toBeNull();
});

test('a message that was refused for want of the form asks for it', () => {
  const refused = entry('a', { failed: { code: 'form_missing', detail: '' } });
  asking().keepAnswers({});
  expect(ids(asking().form(stranger, null, [refused], true))).toEqual(['name', 'about']);
});

test('what another program left in the store does no harm', () => {
  shelf.setItem('test:form', '{half');
  expect(asking().answers()).toBeNull();
});
