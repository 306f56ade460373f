import { createApp, type App } from 'vue';
import { createI18n } from 'vue-i18n';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import en from '../../locales/en.pages';
import { toasts } from '../../ui/toasts';
import { useExport } from './useExport';

let app: App;
let made: ReturnType<typeof useExport>;
const saved: string[] = [];
const LINES = new TextEncoder().encode('{"number":1}\n{"number":2}\n');

/** The server's answer: some of it, and then what becomes of the connection. */
function answers(then: (stream: ReadableStreamDefaultController<Uint8Array>) => void): void {
  let begun = false;
  const body = new ReadableStream<Uint8Array>({
    pull(stream) {
      if (begun) return then(stream);
      begun = true;
      stream.enqueue(LINES);
    },
  });
  vi.stubGlobal('fetch', async () => new Response(body));
}

beforeEach(() => {
  saved.length = toasts.length = 0;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  Object.assign(URL, { createObjectURL: () => 'blob:file', revokeObjectURL: () => {} });
  app = createApp({ setup: () => ((made = useExport(() => ({}))), () => null) });
  app.use(createI18n({ legacy: false, locale: 'en', messages: { en } as never }));
  app.mount(document.createElement('div'));
});

afterEach(() => {
  app.unmount();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a file that came whole is saved, and it is said how much is in it', async () => {
  answers((stream) => stream.close());
  await made.start('jsonl');
  expect(saved).toEqual(['service-records.jsonl']);
  expect(toasts.map((one) => one.text)).toEqual(['2 records exported']);
});

test('of a file that was broken off nothing is saved, and that is said', async () => {
  answers((stream) => stream.error(new TypeError('network error')));
  await made.start('jsonl');
  expect(saved).toEqual([]);
  expect(toasts.map((one) => [one.tone, one.text])).toEqual([['bad', 'The connection broke before the file was complete. Nothing was saved; try again.']]);
  expect(made.running.value).toBe(false);
});

test('what was given up is not complained about', async () => {
  let leave = () => {};
  answers(
    (stream) =>
      void (leave = () => {
        made.cancel();
        stream.error(new DOMException('', 'AbortError'));
      }),
  );
  const done = made.start('jsonl');
  await vi.waitFor(() => expect(made.rows.value).toBe(2));
  leave();
  await done;
  expect([saved, toasts.length]).toEqual([[], 0]);
});
