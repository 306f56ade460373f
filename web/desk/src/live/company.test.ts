import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hasStopped, heardLooking, heardTyping, lookingAt, nobodyIsThere, typingIn } from './company';

const types = (id: string) => heardTyping({ type: 'typing', conversation_id: 'c', by: { kind: 'agent', id, name: id } });
const names = () => typingIn('c').map((one) => one.name);

beforeEach(() => {
  vi.useFakeTimers();
  nobodyIsThere();
});
afterEach(() => void vi.useRealTimers());

test('somebody writes until they have been silent for a while', () => {
  types('mei');
  vi.advanceTimersByTime(4000);
  types('mei');
  types('amara');
  vi.advanceTimersByTime(4000);
  expect(names()).toEqual(['mei', 'amara']);
  vi.advanceTimersByTime(2001);
  expect(names()).toEqual([]);
});

test('their message ends it at once', () => {
  types('mei');
  types('amara');
  hasStopped('c', 'mei');
  hasStopped('c', 'nobody');
  expect(names()).toEqual(['amara']);
});

test('the last word on who looks holds, until the connection is lost', () => {
  heardLooking({ type: 'looking', conversation_id: 'c', agents: [{ id: 'mei', name: 'Mei' }] });
  expect(lookingAt('c')).toHaveLength(1);
  heardLooking({ type: 'looking', conversation_id: 'c', agents: [] });
  expect(lookingAt('c')).toEqual([]);
  types('mei');
  nobodyIsThere();
  expect(names()).toEqual([]);
});
