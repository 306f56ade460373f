import type { OutputBundle } from 'rollup';
import { expect, test } from 'vitest';

import { underVersion } from './versions';

function placed(codes: Record<string, string>): string[] {
  const bundle = Object.fromEntries(Object.entries(codes).map(([fileName, code]) => [fileName, { type: 'chunk', fileName, code }])) as unknown as OutputBundle;
  const { generateBundle } = underVersion() as unknown as { generateBundle(options: unknown, bundle: OutputBundle): void };
  generateBundle(null, bundle);
  return Object.values(bundle).map((one) => one.fileName);
}

test('all parts lie together under what they contain, so that none meets one of another version', () => {
  const before = placed({ 'core.js': 'one', 'chat.js': 'import"./core.js"' });
  const [place] = before[0]?.split('/') ?? [];
  expect(before).toEqual([`${String(place)}/core.js`, `${String(place)}/chat.js`]);
  const after = placed({ 'core.js': 'two', 'chat.js': 'import"./core.js"' });
  expect(after.some((name) => before.includes(name))).toBe(false);
});
