import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const backend = process.env.HELPLINE_URL ?? 'http://127.0.0.1:8000';

/** The frame of the desk and the inbox in it: what nearly everybody opens first, and nearly all of whom sign in. */
const WORK = /src\/(app\/(?!main)|concepts\/(conversations|canned|alerts|presence)\/|concepts\/settings\/(sections|routes)\.ts|concepts\/contacts\/(ContactPicker|useContactSearch))/;

/** Of these, what most conversations never ask for: each comes by itself when it is. */
const LATE = /src\/(app\/(KeySheet|keyGroups|allKeys)|concepts\/conversations\/(ComposerMail|ComposerChoices|AddressField|TemplateDialog|TemplateFields|useTemplates|MomentDialog|MessageChange))/;

/** A few larger files instead of dozens of tiny ones: what every page needs comes together. */
function chunkOf(id: string): string | undefined {
  if (/node_modules\/(@?vue|vue-router|vue-i18n|@intlify)\//.test(id)) return 'vue';
  if (/node_modules\/lucide-vue-next\//.test(id)) return 'ui';
  if (/node_modules\//.test(id)) return 'floating';
  if (LATE.test(id)) return undefined;
  if (WORK.test(id)) return 'work';
  return /src\/(ui|api|live)\/|src\/concepts\/(session|presence)\/[a-zA-Z]+\.ts|plugin-vue:export-helper|vite\/preload-helper/.test(id)
    ? 'ui'
    : undefined;
}

export default defineConfig({
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: '../../helpline/static/desk',
    emptyOutDir: true,
    target: 'es2022',
    // Small files become data: addresses otherwise, which the page's policy allows for pictures only.
    assetsInlineLimit: 0,
    rollupOptions: { output: { manualChunks: chunkOf } },
  },
  server: {
    port: 8101,
    strictPort: true,
    proxy: { '/api': { target: backend, ws: true } },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'] },
});
