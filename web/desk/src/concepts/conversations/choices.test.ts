import { expect, test } from 'vitest';
import { tidied } from './choices';

test('what is blank or there already is not offered', () => {
  expect(tidied([' Yes ', '', 'no', 'NO', '  ', 'Maybe   later'])).toEqual(['Yes', 'no', 'Maybe later']);
});
