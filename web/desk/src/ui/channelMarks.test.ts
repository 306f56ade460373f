import { expect, test } from 'vitest';
import common from '../locales/en/common';
import { markOf } from './channelMarks';

test('every kind of channel has a mark of its own', () => {
  const marks = Object.keys(common.channelKind).map(markOf);
  expect(new Set(marks).size).toBe(marks.length);
});
