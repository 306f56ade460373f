import { expect, test } from 'vitest';

import { version, versioned } from './versions';

test('a part names the others by what they contain, so a change renews all that lead to it', () => {
  const made = (core: string): Map<string, string> =>
    versioned(
      new Map([
        ['chat.js', { code: 'import"./core.js";import("./form.js")', needs: ['core.js', 'form.js'] }],
        ['core.js', { code: core, needs: [] }],
        ['form.js', { code: 'import"./core.js"', needs: ['core.js'] }],
      ]),
    );
  const before = made('one');
  expect(before.get('core.js')).toBe('one');
  expect(before.get('form.js')).toBe(`import"./core.js?v=${version('one')}"`);
  expect(before.get('chat.js')).toContain(`import("./form.js?v=${version(before.get('form.js') ?? '')}")`);
  expect(made('two').get('chat.js')).not.toBe(before.get('chat.js'));
});
