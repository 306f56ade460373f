import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { claim } from './claiming';

/** The locks that the browser's windows share, as far as they are used here. */
function locks() {
  const held = new Set<string>();
  return {
    async request(name: string, _: object, run: (lock: object | null) => Promise<void>) {
      if (held.has(name)) return run(null);
      held.add(name);
      await run({});
      held.delete(name);
    },
  };
}

let focused = false;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { locks: locks() });
  vi.stubGlobal('document', { hasFocus: () => focused });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function windows(...fit: boolean[]): Promise<boolean[]> {
  focused = false;
  const claims = fit.map((one) => claim('message a 1', one));
  await vi.advanceTimersByTimeAsync(1000);
  return Promise.all(claims);
}

test('of several windows one tells', async () => {
  expect(await windows(true, true, true)).toEqual([true, false, false]);
});

test('one that may be heard comes before one that may not', async () => {
  expect(await windows(false, true)).toEqual([false, true]);
});

test('the one that is looked at comes first, and one that hears of it late leaves it', async () => {
  const late = claim('message a 2', true);
  focused = true;
  expect(await claim('message a 2', false)).toBe(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await late).toBe(false);
});

test('what comes later is told anew', async () => {
  expect(await windows(true)).toEqual([true]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await windows(true)).toEqual([true]);
});

test('without locks every window tells', async () => {
  vi.stubGlobal('navigator', {});
  expect(await windows(true, true)).toEqual([true, true]);
});
