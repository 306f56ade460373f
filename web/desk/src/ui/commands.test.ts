import { afterEach, expect, test } from 'vitest';
import { commands, handleKey } from './commands';
import { strokeOf } from './keys';

const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, 'target', { value: target });
  handleKey(event);
  return event;
};

afterEach(() => {
  commands.length = 0;
});

test('strokes are spelled the same however they are typed', () => {
  expect(strokeOf(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, shiftKey: true }))).toBe('mod+shift+enter');
  expect(strokeOf(new KeyboardEvent('keydown', { key: '?', shiftKey: true }))).toBe('?');
});

test('two strokes one after the other make one command', () => {
  let went = 0;
  commands.push({ name: 'go', keys: 'g i', run: () => (went += 1) });
  press('g');
  press('i');
  expect(went).toBe(1);
});

test('single letters rest in a field', () => {
  let replies = 0;
  commands.push({ name: 'reply', keys: 'r', run: () => (replies += 1) });
  press('r', {}, document.createElement('textarea'));
  expect(replies).toBe(0);
});

test('what was registered last wins', () => {
  const heard: string[] = [];
  commands.push({ name: 'outer', keys: 'escape', run: () => heard.push('outer') });
  commands.push({ name: 'inner', keys: 'escape', run: () => heard.push('inner') });
  press('Escape');
  expect(heard).toEqual(['inner']);
});

test('Enter on a link is left to the link', () => {
  let opened = 0;
  commands.push({ name: 'open', keys: 'enter', run: () => (opened += 1) });
  press('Enter', {}, document.createElement('a'));
  expect(opened).toBe(0);
});
