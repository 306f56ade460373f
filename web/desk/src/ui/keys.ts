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
  return keys.split(' ').map((stroke) => {
    const caps = stroke.split('+');
    return caps.map((key) => NAMES[key] ?? (caps.length > 1 ? key.toUpperCase() : key));
  });
}

/** The same in words a screen reader can say. */
export const spokenKeys = (keys: string) => strokesOf(keys).map((caps) => caps.join(' ')).join(', ');

/** Whether a letter or sign alone does it, at once or as the first of two: what dictation or a slip can set off. */
export function isSingleKey(keys: string): boolean {
  return [...keys.split(' ')[0]!].length === 1;
}

/** The stroke of an event in the same spelling, without shift for signs that need it anyway, such as "?". */
export function strokeOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : latinOf(event).toLowerCase().replace(/^arrow/, '');
  const parts: string[] = [];
  if (event.metaKey || event.ctrlKey) parts.push('mod');
  if (event.altKey) parts.push('alt');
  if (event.shiftKey && (key.length > 1 || /[a-z]/.test(key))) parts.push('shift');
  parts.push(key);
  return parts.join('+');
}

/** Whether the key belongs to the writing of a word, such as Enter that ends a Chinese one. Safari says so only by the old code 229. */
export const isComposing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229;

/** The letter on the key when another script is switched on, so that r is r on every keyboard. */
function latinOf(event: KeyboardEvent): string {
  const letter = /^Key([A-Z])$/.exec(event.code ?? '')?.[1];
  return letter && event.key.length === 1 && event.key > '\u007f' ? letter : event.key;
}
