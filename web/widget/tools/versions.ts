import { createHash } from 'node:crypto';
import type { OutputChunk } from 'rollup';
import type { Plugin } from 'vite';

export function version(code: string): string {
  return createHash('sha256').update(code).digest('hex').slice(0, 8);
}

/**
 * The parts keep their names, so that a page that was opened before an update still finds them; where one part names
 * another, a query of its content renews caches.
 */
export function versioned(chunks: ReadonlyMap<string, { code: string; needs: readonly string[] }>): Map<string, string> {
  const done = new Map<string, string>();
  const settle = (name: string): string => {
    const known = done.get(name);
    if (known !== undefined) return known;
    const { code, needs } = chunks.get(name) ?? { code: '', needs: [] };
    const settled = needs.reduce((text, need) => text.replaceAll(`./${need}`, `./${need}?v=${version(settle(need))}`), code);
    done.set(name, settled);
    return settled;
  };
  for (const name of chunks.keys()) settle(name);
  return done;
}

export function versionedParts(): Plugin {
  return {
    name: 'versioned-parts',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one): one is OutputChunk => one.type === 'chunk');
      const needs = (one: OutputChunk): string[] => [...new Set([...one.imports, ...one.dynamicImports])];
      const settled = versioned(new Map(chunks.map((one) => [one.fileName, { code: one.code, needs: needs(one) }])));
      for (const one of chunks) one.code = settled.get(one.fileName) ?? one.code;
    },
  };
}
