import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

import { lowerTokens } from './tools/lower';

const OUT = '../../helpline/static/widget';

/** The lazy parts keep their names, so that a page opened before an update still finds them; the query renews caches. */
function address(part: string): string {
  const digest = createHash('sha256').update(readFileSync(new URL(`${OUT}/${part}.js`, import.meta.url))).digest('hex');
  return JSON.stringify(`/widget/${part}.js?v=${digest.slice(0, 8)}`);
}

/**
 * One build for each part, in this order: session, chat, loader. The loader is a classic script, because that is what
 * the snippet asks for; it must stay small and knows the addresses of the other two.
 */
export default defineConfig(({ mode }) => ({
  plugins: [lowerTokens()],
  define: mode === 'loader' ? { __SESSION__: address('session'), __CHAT__: address('chat') } : {},
  esbuild: { legalComments: 'none' },
  build: {
    outDir: OUT,
    emptyOutDir: mode === 'session',
    copyPublicDir: false,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: {
      input: `src/${mode}/index.ts`,
      preserveEntrySignatures: 'strict',
      output: {
        format: mode === 'loader' ? 'iife' : 'es',
        entryFileNames: mode === 'loader' ? 'widget.js' : `${mode}.js`,
      },
    },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'tools/**/*.test.ts'] },
}));
