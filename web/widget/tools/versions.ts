import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { OutputChunk } from 'rollup';
import type { Plugin } from 'vite';

export function version(codes: readonly string[]): string {
  return createHash('sha256').update(codes.join('\0')).digest('hex').slice(0, 12);
}

/**
 * All parts lie under one address made of what they contain. A loader finds exactly the parts that it was built with, or,
 * after an update, none; then it fetches a fresh one of itself (`loader/index.ts`).
 */
export function underVersion(): Plugin {
  return {
    name: 'under-version',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one): one is OutputChunk => one.type === 'chunk');
      const place = version(chunks.map((one) => one.code));
      for (const one of chunks) one.fileName = `${place}/${one.fileName}`;
    },
  };
}

/** Where the parts of the build before this one lie. */
export function placeOf(out: URL): string {
  const place = readdirSync(out, { withFileTypes: true }).find((one) => one.isDirectory());
  if (!place) throw new Error('Build the parts first.');
  return place.name;
}
