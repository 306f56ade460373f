import { describe, expect, test } from 'vitest';
import { cutAt, triggerAt, type Sign } from './completion';

const ALL: Sign[] = ['/', '@', ':'];
const at = (text: string, signs = ALL) => triggerAt(text, text.length, signs);

describe('what is being completed', () => {
  test.each([
    ['/', { sign: '/', query: '', from: 0 }],
    ['Hi Amara, /re', { sign: '/', query: 're', from: 10 }],
    ['怡君您好，/換', { sign: '/', query: '換', from: 5 }],
    ['請看/換', { sign: '/', query: '換', from: 2 }],
    ['Ask @me', { sign: '@', query: 'me', from: 4 }],
    ['well :smi', { sign: ':', query: 'smi', from: 5 }],
  ])('%s', (text, expected) => {
    expect(at(text)).toEqual(expected);
  });

  test.each([['and/or'], ['https://shop'], ['1/2'], ['mail me@post.example'], ['/re turn'], ['at 10:30'], [':d'], ['//'], ['']])(
    'nothing in %s',
    (text) => {
      expect(at(text)).toBeNull();
    },
  );

  test('only before the caret, and only the signs that mean something here', () => {
    expect(triggerAt('/re and more', 3, ALL)).toMatchObject({ query: 're' });
    expect(at('Ask @me', ['/'])).toBeNull();
  });
});

test('the fitting part of a text is cut out', () => {
  expect(cutAt('Ask for a photo request', 're')).toEqual(['Ask for a photo ', 're', 'quest']);
  expect(cutAt('Return', 'RE')).toEqual(['', 'Re', 'turn']);
  expect(cutAt('Return', '')).toEqual(['Return', '', '']);
});
