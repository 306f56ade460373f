export type Tone = 'accent' | 'good' | 'warn' | 'bad' | 'note';

/** How far along its target a wait is, and the tone that goes with it. */
export function progressOf(seconds: number, target: number): { at: number; tone: 'warn' | 'bad' | undefined } {
  const at = target > 0 ? seconds / target : 0;
  return { at: Math.min(1, Math.max(0, at)), tone: at >= 1 ? 'bad' : at >= 0.75 ? 'warn' : undefined };
}

/** A tint that recognises and means nothing: the same id always gives the same one. */
export function tintOf(id: string): string {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
  return `tint-${(sum % 6) + 1}`;
}

/** Two initials of an alphabetic name, one character of an ideographic one. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? '')][0] ?? '?';
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(first)) return first;
  const last = words.length > 1 ? ([...words.at(-1)!][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}
