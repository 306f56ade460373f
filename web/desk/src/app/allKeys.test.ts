import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_KEYS } from './allKeys';

/** What the pages register, read from their source: the sheet must not miss a key, nor tell one that is gone. */
function registered(): string[] {
  const files = readdirSync('src/concepts', { recursive: true, encoding: 'utf8' }).filter((path) => /\.(ts|vue)$/.test(path));
  return files.flatMap((path) => {
    const source = readFileSync(`src/concepts/${path}`, 'utf8');
    const constant = /const group = '([^']+)'/.exec(source)?.[1];
    return [...source.matchAll(/useCommand\(\{([^]*?)run[:,]/g)].flatMap(([, body]) => {
      const of = (name: string) => new RegExp(`\\b${name}: '([^']+)'`).exec(body!)?.[1];
      const group = of('group') ?? (/\bgroup,/.test(body!) ? constant : undefined);
      return group && of('keys') ? [`${group} ${of('name')} ${of('keys')!.split(',')[0]}`] : [];
    });
  });
}

test('the sheet tells the keys of every page', () => {
  const told = ALL_KEYS.flatMap(({ group, keys }) => keys.map(([name, stroke]) => `${group} ${name} ${stroke}`));
  expect(told.sort()).toEqual([...new Set(registered())].sort());
});
