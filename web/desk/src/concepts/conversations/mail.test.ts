import { describe, expect, test } from 'vitest';
import type { NextMailOut } from '../../api/types';
import { addressesIn, isAddress, isDecided, joined } from './mail';

const USUAL: NextMailOut = { sender: 's@shop.example', answered: 'a', newest: 'a', to: ['kim@post.example'], cc: ['bo@post.example'], subject: 'Re: My lamp', signature: '' };

describe('addresses', () => {
  test('are found however they are typed or pasted', () => {
    expect(addressesIn('a@b.example, c@d.example;e@f.example\ng@h.example')).toEqual(['a@b.example', 'c@d.example', 'e@f.example', 'g@h.example']);
    expect(addressesIn('Bo <bo@post.example>, "Diallo, Amara" <amara@post.example>')).toEqual(['bo@post.example', 'amara@post.example']);
    expect(addressesIn('nobody')).toEqual(['nobody']);
  });

  test('that no server takes are none', () => {
    for (const wrong of ['nobody', 'a b@c.example', '@c.example', 'a@', 'a@b@c', 'a"b@c.example', `${'x'.repeat(250)}@c.example`]) expect(isAddress(wrong)).toBe(false);
    expect(isAddress('bo+lamp@post.example')).toBe(true);
  });

  test('stand there once, whatever their case', () => {
    expect(joined(['bo@post.example'], ['Bo@Post.example', 'kim@post.example', 'KIM@post.example'])).toEqual(['bo@post.example', 'kim@post.example']);
  });
});

test('only what differs from what is usual is decided', () => {
  const usual = { subject: 'Re: My lamp', cc: ['bo@post.example'], bcc: [], answered: 'a' };
  expect(isDecided(usual, USUAL)).toBe(false);
  expect(isDecided({ ...usual, cc: [] }, USUAL)).toBe(true);
  expect(isDecided({ ...usual, bcc: ['x@y.example'] }, USUAL)).toBe(true);
});
