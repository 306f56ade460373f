import { expect, test, vi } from 'vitest';
import { mentionsIn } from './mentions';

vi.mock('../session', () => ({ session: { at: 'in', agentId: 'me' } }));

const PEOPLE = [
  { id: 'mei', name: 'Mei' },
  { id: 'mei2', name: 'Mei Tanaka' },
  { id: 'lin', name: '林雅婷' },
];

test.each([
  ['@Mei can we send it?', ['mei']],
  ['@Mei Tanaka can we?', ['mei2']],
  ['@Mei Tanaka and @Mei', ['mei2', 'mei']],
  ['請問@林雅婷可以嗎', ['lin']],
  ['Mei said so, @nobody', []],
])('%s', (text, expected) => {
  expect(mentionsIn(text, PEOPLE)).toEqual(expected);
});
