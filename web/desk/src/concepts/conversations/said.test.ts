import { describe, expect, test } from 'vitest';
import { partsOf } from './said';

const links = (text: string) => partsOf(text).flatMap((part) => (part.is === 'link' ? [[part.text, part.href]] : []));

describe('addresses', () => {
  test.each([
    ['See https://shop.example/a?b=1#c.', [['https://shop.example/a?b=1#c', 'https://shop.example/a?b=1#c']]],
    ['(www.shop.example)', [['www.shop.example', 'https://www.shop.example']]],
    ['請看https://shop.example/退貨，謝謝', [['https://shop.example/退貨', 'https://shop.example/退貨']]],
    ['write to me@post.example!', [['me@post.example', 'mailto:me@post.example']]],
    ['javascript:alert(1) data:text/html,x 1.5 a.b', []],
  ])('%s', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test('nothing of a text is lost or changed', () => {
    const text = '<b>hi</b> https://a.example/x, @Mei and me@b.example…\n end';
    expect(partsOf(text, ['Mei']).map((part) => part.text).join('')).toBe(text);
  });
});

test('names after an @ are marked, the longer one first', () => {
  expect(partsOf('@Mei Tanaka, @Mei?', ['Mei', 'Mei Tanaka']).filter((part) => part.is === 'mention').map((part) => part.text)).toEqual([
    '@Mei Tanaka',
    '@Mei',
  ]);
});
