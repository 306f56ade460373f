import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { ref } from 'vue';
import { api } from '../../api/client';
import type { FileOut } from '../../api/types';
import { kindOf, LARGEST, MOST, refusalOf, REFUSED } from './attaching';
import { useAttachments } from './useAttachments';
import type { Writing } from './writings';

const file = (name: string, size = 1) => ({ name, size }) as File;
const composer = (tooMany = () => {}) => {
  const writing = ref<Writing>({ text: '', kind: 'public', aside: '', attachments: [], replyTo: null, choices: [], mail: null, unfinished: { cc: '', bcc: '' }, guard: null, newerFrom: null });
  return { writing, ...useAttachments(writing, tooMany) };
};

beforeEach(() => void vi.restoreAllMocks());

test('the server refuses the same', () => {
  const rules = readFileSync('../../helpline/files/rules.py', 'utf8');
  const refused = [...rules.slice(rules.indexOf('REFUSED'), rules.indexOf('_MAGIC')).matchAll(/"\.(\w+)"/g)].map((found) => found[1]);
  expect(REFUSED).toEqual(refused);
  expect(rules).toContain(`LARGEST = ${LARGEST / 1024 / 1024} * 1024 * 1024`);
});

test.each([
  ['photo.png', 1, undefined],
  ['film.mp4', LARGEST, undefined],
  ['film.mp4', LARGEST + 1, 'file_too_large'],
  ['Invoice.pdf.EXE', 1, 'file_refused'],
  ['exe', 1, undefined],
])('%s of %i bytes: %s', (name, size, code) => {
  expect(refusalOf({ name, size })?.code).toBe(code);
});

test('what is refused is never sent', async () => {
  const upload = vi.spyOn(api, 'upload');
  const { writing, attach } = composer();
  await attach([file('setup.exe')]);
  expect(upload).not.toHaveBeenCalled();
  expect(writing.value.attachments).toMatchObject([{ state: 'failed', problem: { code: 'file_refused' } }]);
});

test('more than fit are left out, and it is said', async () => {
  vi.spyOn(api, 'upload').mockResolvedValue({ id: 'f' } as FileOut);
  const tooMany = vi.fn();
  const { writing, attach } = composer(tooMany);
  await attach([file('a.exe'), ...Array.from({ length: MOST - 1 }, () => file('a.png'))]);
  expect(tooMany).not.toHaveBeenCalled();
  await attach([file('b.png'), file('c.png')]);
  expect(tooMany).toHaveBeenCalledOnce();
  expect(writing.value.attachments.filter((one) => one.state === 'ready')).toHaveLength(MOST);
});

test('it is known how far an upload is', async () => {
  let arrive: (file: FileOut) => void = () => {};
  vi.spyOn(api, 'upload').mockImplementation((_, progress) => {
    progress(0.4);
    return new Promise((resolve) => (arrive = resolve));
  });
  const { writing, attach, uploading } = composer();
  const done = attach([file('a.png')]);
  expect(writing.value.attachments[0]).toMatchObject({ state: 'uploading', share: 0.4 });
  expect(uploading.value).toBe(true);
  arrive({ id: 'f' } as FileOut);
  await done;
  expect(uploading.value).toBe(false);
});

test('an upload that is taken away is broken off, and nothing is left of it', async () => {
  let asked: AbortSignal | undefined;
  vi.spyOn(api, 'upload').mockImplementation((_, __, signal) => {
    asked = signal;
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))));
  });
  const { writing, attach, remove } = composer();
  const done = attach([file('a.png')]);
  remove(writing.value.attachments[0]!.key);
  await done;
  expect(asked?.aborted).toBe(true);
  expect(writing.value.attachments).toEqual([]);
});

test.each([
  ['Return-label.pdf', 'PDF'],
  ['notes', ''],
  ['.profile', ''],
  ['退貨標籤.PDF', 'PDF'],
  ['what. is this', ''],
])('the kind of %s is "%s"', (name, kind) => {
  expect(kindOf(name)).toBe(kind);
});
