import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { live, startLive, stopLive } from './socket';

/** The other end. It answers at once unless it is `dead`, and counts how long nothing was said. */
class Line {
  static readonly OPEN = 1;
  static all: Line[] = [];
  static dead = false;
  static deaf = false;
  readyState = 0;
  heardAt = Date.now();
  longest = 0;
  pings = 0;
  onopen = () => {};
  onmessage: (event: { data: string }) => void = () => {};
  onclose: (event: { code: number }) => void = () => {};

  constructor() {
    Line.all.push(this);
    if (Line.deaf) return;
    queueMicrotask(() => {
      this.readyState = Line.OPEN;
      this.onopen();
    });
  }
  send(text: string): void {
    const frame = JSON.parse(text) as { type: string };
    this.longest = Math.max(this.longest, Date.now() - this.heardAt);
    this.heardAt = Date.now();
    if (frame.type === 'ping') this.pings += 1;
    const answer = frame.type === 'ping' ? { type: 'pong', seq: 1 } : { type: 'ready', seq: 1, resumed: false };
    if (!Line.dead) queueMicrotask(() => this.onmessage({ data: JSON.stringify(answer) }));
  }
  close(): void {
    this.readyState = 3;
  }
}

const MINUTE = 60_000;
const begin = () => startLive(1, { snapshotNeeded: () => {}, signedOut: () => {}, back: () => {} });

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Line);
  Object.assign(Line, { all: [], dead: false, deaf: false });
});
afterEach(() => {
  stopLive();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a window whose timers run once a minute keeps its line, in a quiet workspace too', async () => {
  const every = setInterval;
  vi.stubGlobal('setInterval', (run: () => void, time: number) => every(run, Math.max(time, MINUTE)));
  begin();
  await vi.advanceTimersByTimeAsync(30 * MINUTE + 500);
  const [line, ...more] = Line.all;
  expect(more).toEqual([]);
  expect(live.state).toBe('live');
  expect(line?.pings).toBe(30);
  expect(line?.longest).toBe(MINUTE);
});

test('while it is looked at, a ping goes out every ten seconds', async () => {
  begin();
  await vi.advanceTimersByTimeAsync(MINUTE + 500);
  expect(Line.all).toHaveLength(1);
  expect(Line.all[0]?.pings).toBe(6);
});

test('when pings are not answered it is behind, then given up for another line', async () => {
  begin();
  await vi.advanceTimersByTimeAsync(5_000);
  Line.dead = true;
  await vi.advanceTimersByTimeAsync(9_000);
  expect(live.state).toBe('behind');
  await vi.advanceTimersByTimeAsync(27_000);
  Line.dead = false;
  expect(live.state).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(live.state).toBe('live');
});

test('a connection that never comes about is tried anew', async () => {
  Line.deaf = true;
  begin();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(Line.all).toHaveLength(1);
  Line.deaf = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(Line.all).toHaveLength(2);
  expect(live.state).toBe('live');
});
