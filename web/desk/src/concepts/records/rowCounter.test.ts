import { describe, expect, test } from 'vitest';
import { rowCounter } from './rowCounter';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('counting rows', () => {
  test('a line break within a cell makes no row, wherever the pieces are cut', () => {
    const text = 'number,notes\r\n1,"two\nlines"\r\n2,"said ""no"",\nand left"\r\n3,客戶\r\n';
    for (let size = 1; size <= text.length; size += 1) {
      const count = rowCounter('csv');
      const all = bytes(text);
      let rows = 0;
      for (let at = 0; at < all.length; at += size) rows = count(all.slice(at, at + size));
      expect(rows).toBe(3);
    }
  });

  test('of lines of JSON each is a row, whatever quotes stand in it', () => {
    expect(rowCounter('jsonl')(bytes('{"notes":"a \\" b"}\n{"notes":"two\\nlines"}\n'))).toBe(2);
  });

  test('with its head alone there is no row yet', () => {
    const count = rowCounter('csv');
    expect(count(bytes('num'))).toBe(0);
    expect(count(bytes('ber\r\n'))).toBe(0);
  });
});
