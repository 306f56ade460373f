import { expect, test } from 'vitest';

import type { Question } from '../wire';
import { problemWith } from './answering';

const asked = (kind: Question['kind'], required = true): Question => ({ id: kind, kind, required, labels: {}, options: [], url: '' });

test.each([
  ['name', 'Amara', null],
  ['name', '  ', 'formEmpty'],
  ['email', 'amara@post.example', null],
  ['email', ' amara@post.example ', null],
  ['email', 'amara@post', 'formEmailDot'],
  ['email', 'amara', 'formEmail'],
  ['email', 'a@b.c, d@e.f', 'formEmail'],
  ['phone', '+44 (0)7700 900-321', null],
  ['phone', 'call me', 'formPhone'],
  ['phone', '( ) . -', 'formPhone'],
  ['choice', '', 'formNeedsChoice'],
  ['consent', '', 'formNeedsConsent'],
  ['consent', 'yes', null],
] as const)('%s "%s": %s', (kind, value, problem) => {
  expect(problemWith(asked(kind), value)).toBe(problem);
});

test('what is optional may be left out, but not be wrong', () => {
  expect(problemWith(asked('email', false), '')).toBeNull();
  expect(problemWith(asked('email', false), 'amara')).toBe('formEmail');
});
