import { describe, expect, test } from 'vitest';

import { contrast, INK, palette, readableOn, textOn, WHITE } from './colour';

describe('text on the colour of the owner', () => {
  test.each([
    ['#215aca', WHITE],
    ['#13543d', WHITE],
    ['#7a2048', WHITE],
    ['#171c22', WHITE],
    ['#000000', WHITE],
    ['#f2b705', INK],
    ['#ffffff', INK],
    ['#00ff00', INK],
    ['#ff6b6b', INK],
  ])('%s takes %s', (brand, text) => {
    expect(textOn(brand)).toBe(text);
  });

  test('whatever the colour, one of the two is close to 4.5 and never below 4.1', () => {
    for (let i = 0; i < 4096; i++) {
      const brand = `#${[...i.toString(16).padStart(3, '0')].map((digit) => digit + digit).join('')}`;
      expect(contrast(brand, textOn(brand))).toBeGreaterThan(4.1);
    }
  });
});

test('contrast runs from 1 to 21 and does not care for the order', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  expect(contrast('#777777', '#777777')).toBe(1);
});

test('a colour becomes readable on its ground and stays itself where it is already', () => {
  expect(readableOn('#ffffff', '#215aca')).toBe('#215aca');
  for (const brand of ['#f2b705', '#ffffff', '#00ff00', '#13543d', '#000000']) {
    expect(contrast('#ffffff', readableOn('#ffffff', brand))).toBeGreaterThanOrEqual(4.5);
    expect(contrast('#15171a', readableOn('#15171a', brand))).toBeGreaterThanOrEqual(4.5);
  }
});

test('a colour that is none gives the house blue, and one like the ground gets an edge', () => {
  expect(palette('red; } * { display: none', 'light')['--brand']).toBe('#215aca');
  expect(palette('#fefefe', 'light')['--brand-edge']).not.toBe('transparent');
  expect(palette('#fefefe', 'dark')['--brand-edge']).toBe('transparent');
});
