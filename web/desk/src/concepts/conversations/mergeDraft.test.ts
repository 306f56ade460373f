import { describe, expect, test } from 'vitest';
import { mergeFiles, mergeText } from './mergeDraft';

describe('two desks of one agent', () => {
  test.each([
    ['only I wrote', 'Hi', 'Hi Amara', 'Hi', 'Hi Amara'],
    ['only the other desk wrote', 'Hi', 'Hi', 'Hi Amara', 'Hi Amara'],
    ['both wrote the same', 'Hi', 'Hi Amara', 'Hi Amara', 'Hi Amara'],
    ['I went on where they stopped', 'Hi', 'Hi Amara, it', 'Hi Amara', 'Hi Amara, it'],
    ['they went on where I stopped', 'Hi', 'Hi Am', 'Hi Amara', 'Hi Amara'],
    ['both wrote something else', 'Hi', 'Hi Amara', 'Hi Leila', 'Hi Leila\nHi Amara'],
    ['they sent it and I wrote nothing', 'Hi', 'Hi', '', ''],
    ['they sent it and I had gone on', 'Hi.', 'Hi. One more thing', '', 'One more thing'],
    ['they sent it and I had begun anew', 'Hi.', 'Good day', '', 'Good day'],
  ])('%s', (_, base, mine, theirs, expected) => {
    expect(mergeText(base, mine, theirs)).toBe(expected);
  });

  test('files that either added stay, what either took away goes', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
    expect(mergeFiles([a!, b!], [a!, c!], [b!, d!]).map((one) => one.id)).toEqual(['d', 'c']);
    expect(mergeFiles([a!], [a!], [a!, b!]).map((one) => one.id)).toEqual(['a', 'b']);
  });
});
