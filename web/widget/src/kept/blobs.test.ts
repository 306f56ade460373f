import { afterEach, expect, test, vi } from 'vitest';

import { Blobs } from './blobs';

afterEach(() => void vi.unstubAllGlobals());

test('the files let go when they are to be deleted, and are opened again when there are new ones', async () => {
  const opened: { close: () => void; onversionchange?: () => void }[] = [];
  const request = (result: unknown): object => {
    const made: { result: unknown; onsuccess?: () => void } = { result };
    queueMicrotask(() => made.onsuccess?.());
    return made;
  };
  const open = (): object => {
    const close = vi.fn();
    opened.push({ close });
    const table = { put: () => request('id') };
    return request(Object.assign(opened[opened.length - 1] as object, { transaction: () => ({ objectStore: () => table }) }));
  };
  vi.stubGlobal('indexedDB', { open });
  const blobs = new Blobs();
  await blobs.put('a', new Blob(['a']));
  await blobs.put('b', new Blob(['b']));
  expect(opened).toHaveLength(1);
  opened[0]?.onversionchange?.();
  expect(opened[0]?.close).toHaveBeenCalled();
  await blobs.put('c', new Blob(['c']));
  expect(opened).toHaveLength(2);
});
