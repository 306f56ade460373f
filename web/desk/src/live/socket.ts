import { computed, reactive, readonly } from 'vue';
import type { FromDesk, FromServer, Visibility } from '../api/types';
import { apply } from './apply';
import { heardLooking, heardTyping, nobodyIsThere } from './company';

export type LiveState = 'off' | 'connecting' | 'live' | 'behind' | 'reconnecting';

const PING_EVERY = 10_000;
/** A pong that takes longer than this means that what we see may be old. */
const GRACE = 2_000;
/** Without any answer for this long, the other end is gone. */
const DEAD = 25_000;

const state = reactive({ state: 'off' as LiveState, behind: 0, everReady: false });
export const live = readonly(state);
/** There was a connection, and now there is none. */
export const isCutOff = computed(() => state.everReady && state.state !== 'live' && state.state !== 'behind');

let socket: WebSocket | null = null;
let seen: number | null = null;
let welcomed = false;
/** When we first asked for something that has not been answered: the connection itself, or a ping. */
let unanswered: number | null = null;
let pingedAt = 0;
let lastHeard = 0;
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let beat: ReturnType<typeof setInterval> | undefined;
let watched: readonly string[] = [];
let whenSnapshotNeeded: () => void = () => {};
let whenSignedOut: () => void = () => {};
let whenBack: () => void = () => {};

/** What is later than `after` is heard from the start. `back` is called when the connection stands again after a gap. */
export function startLive(after: number, on: { snapshotNeeded: () => void; signedOut: () => void; back: () => void }): void {
  whenSnapshotNeeded = on.snapshotNeeded;
  whenSignedOut = on.signedOut;
  whenBack = on.back;
  seen = after;
  state.everReady = false;
  state.state = 'connecting';
  addEventListener('online', connectNow);
  document.addEventListener('visibilitychange', connectNow);
  beat = setInterval(tick, 1000);
  connect();
}

export function stopLive(): void {
  removeEventListener('online', connectNow);
  document.removeEventListener('visibilitychange', connectNow);
  clearInterval(beat);
  clearTimeout(retry);
  state.state = 'off';
  unanswered = null;
  const old = socket;
  socket = null;
  old?.close();
}

/** What was fetched is not whole: with the next connection everything is fetched anew. */
export function startOver(): void {
  seen = null;
  const old = socket;
  if (old) lost(0);
  old?.close();
}

/** The conversations whose messages are wanted although they are not ours. */
export function watchConversations(ids: readonly string[]): void {
  watched = ids;
  send({ type: 'watch', conversations: [...ids] });
}

/** Says that one is writing; heard by colleagues, and by the contact if it is for them. */
export function sayTyping(conversation_id: string, visibility: Visibility): void {
  if (welcomed) send({ type: 'typing', conversation_id, visibility });
}

function send(frame: FromDesk): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

function connect(): void {
  clearTimeout(retry);
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const mine = new WebSocket(`${scheme}//${location.host}/api/live`);
  socket = mine;
  welcomed = false;
  lastHeard = unanswered = pingedAt = Date.now();
  mine.onopen = () => send({ type: 'hello', after: seen, watch: [...watched] });
  mine.onmessage = (event) => {
    if (socket === mine) receive(JSON.parse(String(event.data)) as FromServer);
  };
  mine.onclose = (event) => {
    if (socket === mine) lost(event.code);
  };
}

function receive(frame: FromServer): void {
  lastHeard = Date.now();
  unanswered = null;
  if (frame.type === 'ready') {
    welcomed = true;
    failures = 0;
    if (state.everReady) whenBack();
    state.everReady = true;
    if (!frame.resumed) {
      seen = frame.seq;
      whenSnapshotNeeded();
    }
  } else if (frame.type === 'update') {
    apply(frame);
    // Before the welcome, what we missed is still to come; if the line breaks now, it must be asked for again.
    if (welcomed) seen = Math.max(seen ?? 0, frame.seq);
  } else if (frame.type === 'typing') {
    heardTyping(frame);
  } else if (frame.type === 'looking') {
    heardLooking(frame);
  } else if (frame.type === 'pong') {
    // Frames keep their order: whatever concerned us up to this number has come before the pong.
    seen = Math.max(seen ?? 0, frame.seq);
  }
  judge();
}

/** Live while the server answers in time; behind by as long as nothing was heard. */
function judge(): void {
  if (socket?.readyState !== WebSocket.OPEN || !welcomed) return;
  const late = unanswered !== null && Date.now() - unanswered > GRACE;
  state.state = late ? 'behind' : 'live';
  state.behind = late ? Math.round((Date.now() - lastHeard) / 1000) : 0;
}

function ping(): void {
  if (socket?.readyState !== WebSocket.OPEN || !welcomed) return;
  pingedAt = Date.now();
  unanswered ??= pingedAt;
  send({ type: 'ping' });
}

/** Once a second; in a window that nobody sees, browsers let it run once a minute. Only a clock knows how long it was. */
function tick(): void {
  if (socket && unanswered !== null && Date.now() - unanswered > DEAD) {
    // Half-open: the other end is gone without a word.
    const old = socket;
    lost(0);
    old.close();
    return;
  }
  if (Date.now() - pingedAt >= PING_EVERY) ping();
  judge();
}

function lost(code: number): void {
  nobodyIsThere();
  socket = null;
  unanswered = null;
  if (code === 4401) {
    stopLive();
    whenSignedOut();
    return;
  }
  state.state = state.everReady ? 'reconnecting' : 'connecting';
  const longest = Math.min(15_000, 500 * 2 ** failures);
  failures += 1;
  retry = setTimeout(connect, longest / 2 + Math.random() * (longest / 2));
}

/** The window is looked at again, or the network is back: find out at once whether the connection still stands. */
function connectNow(): void {
  ping();
  if (!socket && state.state !== 'off' && document.visibilityState === 'visible') {
    failures = 0;
    connect();
  }
}
