import { defineConfig } from 'vitest/config';

import { lowerTokens } from './tools/lower';
import { placeOf, underVersion } from './tools/versions';

const OUT = '../../helpline/static/widget';
const WORDS = ['en', 'zh-TW'];

/** Where the loader finds the other parts. */
function addresses(): Record<string, string> {
  const place = placeOf(new URL(`${OUT}/`, import.meta.url));
  const address = (part: string): string => `/widget/${place}/${part}.js`;
  const words = Object.fromEntries(WORDS.map((locale) => [locale, address(`words-${locale}`)]));
  const parts = { __SESSION__: address('session'), __WRITING__: address('writing'), __FILES__: address('files'), __CORE__: address('core'), __CHAT__: address('chat'), __WORDS__: words };
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, JSON.stringify(value)]));
}

/** What the open chat and the parts that it loads later have in common. */
function core(id: string): string | undefined {
  return /\/preact\/|\/src\/chat\/(talk|Icon)\.|\/src\/words\/(say|texts)\./.test(id) ? 'core' : undefined;
}

const parts = {
  input: {
    session: 'src/session/index.ts',
    writing: 'src/session/writing.ts',
    files: 'src/session/files.ts',
    chat: 'src/chat/index.ts',
    ...Object.fromEntries(WORDS.map((locale) => [`words-${locale}`, `src/words/${locale}.ts`])),
  },
  output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js', manualChunks: core },
} as const;
const preview = { input: 'src/preview/index.ts', output: { format: 'iife', entryFileNames: 'preview.js' } } as const;
const loader = { input: 'src/loader/index.ts', output: { format: 'iife', entryFileNames: 'widget.js' } } as const;

/**
 * Three builds: the parts, then the loader, then the preview for the desk, which has the loader in it. The loader is a classic script, because that is what the snippet asks for; it
 * must stay small and knows the addresses of the parts.
 */
export default defineConfig(({ mode }) => ({
  plugins: [lowerTokens(), ...(mode === 'parts' ? [underVersion()] : [])],
  define: mode === 'parts' || mode === 'test' ? {} : addresses(),
  ssr: { noExternal: true, target: 'webworker' },
  esbuild: { legalComments: 'none' },
  build: {
    // As for a server: there Vite adds no code that loads style sheets and modules ahead, which we do not need.
    ssr: true,
    // A few hundred bytes smaller than esbuild's.
    minify: 'terser',
    terserOptions: { module: true, ecma: 2020, compress: { passes: 3 }, format: { comments: false } },
    outDir: OUT,
    emptyOutDir: mode === 'parts',
    copyPublicDir: false,
    target: 'es2022',
    modulePreload: false,
    rollupOptions: { preserveEntrySignatures: 'strict', ...({ loader, preview }[mode] ?? parts) },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'tools/**/*.test.ts'] },
}));
