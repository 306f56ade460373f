/** A piece of what somebody said: words, an address to follow, or a colleague's name. */
export interface Part {
  is: 'text' | 'link' | 'mention';
  text: string;
  href?: string;
}

/** Addresses of the web and of mail; signs that end a sentence are not part of one. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'「」『』（）。，、；！？]+|\bwww\.[^\s<>"'「」『』（）。，、；！？]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const TRAILING = /[.,;:!?)\]}]+$/;

function hrefOf(text: string): string {
  if (/^https?:\/\//i.test(text)) return text;
  return /^www\./i.test(text) ? `https://${text}` : `mailto:${text}`;
}

/** Cut where an address or one of the names stands. Only http, https and mail become links. */
export function partsOf(text: string, names: readonly string[] = []): Part[] {
  const parts: Part[] = [];
  let last = 0;
  const add = (is: Part['is'], from: number, to: number, href?: string) => {
    if (from > last) parts.push({ is: 'text', text: text.slice(last, from) });
    parts.push({ is, text: text.slice(from, to), ...(href ? { href } : {}) });
    last = to;
  };
  const found = [
    ...[...text.matchAll(ADDRESS)].map((match) => ({ from: match.index, text: match[0].replace(TRAILING, ''), is: 'link' as const })),
    ...names.flatMap((name) =>
      [...text.matchAll(new RegExp(`@${escaped(name)}`, 'g'))].map((match) => ({
        from: match.index,
        text: match[0],
        is: 'mention' as const,
      })),
    ),
  ].sort((one, other) => one.from - other.from || other.text.length - one.text.length);
  for (const one of found) {
    if (one.from < last) continue;
    add(one.is, one.from, one.from + one.text.length, one.is === 'link' ? hrefOf(one.text) : undefined);
  }
  if (last < text.length) parts.push({ is: 'text', text: text.slice(last) });
  return parts;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
