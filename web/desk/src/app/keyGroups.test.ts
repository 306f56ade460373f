import { expect, test } from 'vitest';
import { keyGroups } from './keyGroups';

const pages = [
  { page: '/inbox', group: 'inbox', keys: [['next', 'j'], ['open', 'enter']] },
  { page: '/records', group: 'records', keys: [['older', 'j']] },
  { page: '/records', group: 'record', keys: [['back', 'escape']] },
  { page: '/board', group: 'board', keys: [['leave', 'escape']] },
] as const;
const run = () => {};
const here = [
  { name: 'all', keys: '?', run },
  { name: 'older', keys: 'j', group: 'records', run },
  { name: 'print', keys: 'p,mod+p', group: 'records', run },
  { name: 'nameless', group: 'records', run },
];

test('the keys of the page stand first, then those that work everywhere, then those of the other pages one may open', () => {
  const found = keyGroups(here, pages, ['/inbox', '/records']);
  expect(found.map((group) => [group.name, group.isHere, group.lines.map((line) => `${line.name} ${line.keys}`)])).toEqual([
    ['records', true, ['older j', 'print p']],
    ['record', true, ['back escape']],
    ['app.everywhere', true, ['all ?']],
    ['inbox', false, ['next j', 'open enter']],
  ]);
});

test('of the page that is open, keys that rest just now are told too', () => {
  const [first] = keyGroups([{ name: 'open', keys: 'enter', group: 'inbox', run }], pages, ['/inbox']);
  expect(first?.lines.map((line) => line.name)).toEqual(['open', 'next']);
});
