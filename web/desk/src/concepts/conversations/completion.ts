export type Sign = '/' | '@' | ':';

/** Something that is being typed and can be completed: from its sign to the caret. */
export interface Trigger {
  sign: Sign;
  query: string;
  from: number;
}

/** What may follow a sign; emoji have names of Latin letters, and need two of them so that ":d" is left alone. */
const QUERY: Record<Sign, RegExp> = { '/': /^[^\s/]{0,40}$/u, '@': /^[^\s@]{0,40}$/u, ':': /^[a-z0-9_+-]{2,40}$/i };

/** Not inside of a word, an address or a number: after nothing, a space, an opening sign, or writing without spaces. */
const BEFORE = /(^|[\s([{"'“‘「『（，。、！？：；…]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])$/u;

export function triggerAt(text: string, caret: number, signs: readonly Sign[]): Trigger | null {
  const line = text.slice(0, caret);
  let found: Trigger | null = null;
  for (const sign of signs) {
    const from = line.lastIndexOf(sign);
    if (from < 0 || (found && from < found.from)) continue;
    const query = line.slice(from + 1);
    if (QUERY[sign].test(query) && BEFORE.test(line.slice(0, from))) found = { sign, query, from };
  }
  return found;
}

/** A text cut at the first place where it fits what was typed, to mark it. */
export function cutAt(text: string, query: string): [string, string, string] {
  const at = query ? text.toLocaleLowerCase().indexOf(query.toLocaleLowerCase()) : -1;
  return at < 0 ? [text, '', ''] : [text.slice(0, at), text.slice(at, at + query.length), text.slice(at + query.length)];
}

/** Puts a text in the place of another, in a way that the field's own undo takes back. */
export function replaceIn(field: HTMLTextAreaElement, from: number, to: number, text: string): void {
  field.focus();
  field.setSelectionRange(from, to);
  // Nothing else keeps the history of a field; browsers go on supporting it for this.
  const done = typeof document.execCommand === 'function' && document.execCommand('insertText', false, text);
  if (done) return;
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
