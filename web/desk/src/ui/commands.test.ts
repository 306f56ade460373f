import { mount } from '@vue/test-utils';
import { afterEach, expect, test } from 'vitest';
import { defineComponent, h } from 'vue';
import { handleKey, singleKeys, useCommands, type Command } from './commands';
import { strokeOf } from './keys';

const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, 'target', { value: target });
  handleKey(event);
  return event;
};

const pages: { unmount: () => void }[] = [];
function registered(...commands: Command[]): void {
  const page = defineComponent({ setup: () => (useCommands(() => commands), () => h('p')) });
  pages.push(mount(page));
}

afterEach(() => {
  for (const page of pages.splice(0)) page.unmount();
  singleKeys.value = true;
});

test('strokes are spelled the same however they are typed', () => {
  expect(strokeOf(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, shiftKey: true }))).toBe('mod+shift+enter');
  expect(strokeOf(new KeyboardEvent('keydown', { key: '?', shiftKey: true }))).toBe('?');
});

test('two strokes one after the other make one command', () => {
  let went = 0;
  registered({ name: 'go', keys: 'g i', run: () => (went += 1) });
  press('g');
  press('i');
  expect(went).toBe(1);
});

test('single letters rest in a field', () => {
  let replies = 0;
  registered({ name: 'reply', keys: 'r', run: () => (replies += 1) });
  press('r', {}, document.createElement('textarea'));
  expect(replies).toBe(0);
});

test('Enter that ends a Chinese word is no command, also in Safari', () => {
  let sent = 0;
  registered({ name: 'send', keys: 'enter', inFields: true, run: () => (sent += 1) });
  press('Enter', { keyCode: 229 }, document.createElement('textarea'));
  expect(sent).toBe(0);
  press('Enter', { keyCode: 13 }, document.createElement('textarea'));
  expect(sent).toBe(1);
});

test('a list below a field leaves it what is no typing, a menu leaves nothing', () => {
  const heard: string[] = [];
  registered({ name: 'save', keys: 'mod+s', inFields: true, run: () => heard.push('save') }, { name: 'down', keys: 'down', inFields: true, run: () => heard.push('down') });
  const list = document.body.appendChild(document.createElement('div'));
  list.setAttribute('data-reka-popper-content-wrapper', '');
  const field = document.createElement('input');
  press('s', { ctrlKey: true }, field);
  field.setAttribute('role', 'combobox');
  press('ArrowDown', {}, field);
  expect(heard).toEqual([]);
  expect(press('s', { ctrlKey: true }, field).defaultPrevented).toBe(true);
  list.remove();
  expect(heard).toEqual(['save']);
});

test('what was registered last wins', () => {
  const heard: string[] = [];
  registered({ name: 'outer', keys: 'escape', run: () => heard.push('outer') });
  registered({ name: 'inner', keys: 'escape', run: () => heard.push('inner') });
  press('Escape');
  expect(heard).toEqual(['inner']);
});

test('Enter on a link is left to the link', () => {
  let opened = 0;
  registered({ name: 'open', keys: 'enter', run: () => (opened += 1) });
  press('Enter', {}, document.createElement('a'));
  expect(opened).toBe(0);
});

test('without single letters, only keys with a modifier and named keys work', () => {
  const heard: string[] = [];
  registered(
    { name: 'reply', keys: 'r', run: () => heard.push('reply') },
    { name: 'go', keys: 'g i', run: () => heard.push('go') },
    { name: 'all', keys: 'mod+k', run: () => heard.push('all') },
    { name: 'back', keys: 'escape', run: () => heard.push('back') },
  );
  singleKeys.value = false;
  for (const key of ['r', 'g', 'i', 'Escape']) press(key);
  press('k', { ctrlKey: true });
  expect(heard).toEqual(['back', 'all']);
});

test('a key is the same one while another script is switched on', () => {
  expect(strokeOf(new KeyboardEvent('keydown', { key: '\u3110', code: 'KeyR' }))).toBe('r');
  expect(strokeOf(new KeyboardEvent('keydown', { key: 'a', code: 'KeyQ' }))).toBe('a');
});
