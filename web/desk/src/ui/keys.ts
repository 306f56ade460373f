/** Names of keys as one reads them on this machine. */
const apple = /Mac|iP(hone|ad|od)/.test(navigator.platform);

const NAMES: Record<string, string> = {
  mod: apple ? '⌘' : 'Ctrl',
  shift: apple ? '⇧' : 'Shift',
  alt: apple ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
};

/** Between the caps of one stroke: nothing beside the signs of a Mac, a plus beside words. */
export const BETWEEN = apple ? '' : '+';

/** "mod+shift+enter" to its caps, "g i" to two strokes one after the other. */
export function strokesOf(keys: string): string[][] {
  return keys.split(' ').map((stroke) => stroke.split('+').map((key) => NAMES[key] ?? key));
}

/** The stroke of an event in the same spelling, without shift for signs that need it anyway, such as "?". */
export function strokeOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase().replace(/^arrow/, '');
  const parts: string[] = [];
  if (event.metaKey || event.ctrlKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey && (key.length > 1 || /[a-z]/.test(key))) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}
