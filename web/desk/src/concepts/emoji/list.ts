import { KINDS } from './kinds';

export type Kind = keyof typeof KINDS;

export interface Emoji {
  sign: string;
  /** What stands between colons: thumbs_up. */
  name: string;
  kind: Kind;
  /** The words for it by language; the first is its name. */
  words: { en: string[]; zh: string[] };
}

function emojiOf(line: string, kind: Kind): Emoji {
  const [sign, rest] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
  const [en, zh] = rest.split('|').map((words) => words.split(' '));
  return { sign, name: en![0]!, kind, words: { en: en!, zh: zh! } };
}

export const ALL: readonly Emoji[] = (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
  KINDS[kind]
    .trim()
    .split('\n')
    .map((line) => emojiOf(line, kind)),
);

/** What it is called in a language. */
export function nameOf(emoji: Emoji, locale: string): string {
  return locale.startsWith('zh') ? emoji.words.zh[0]! : emoji.name.replaceAll('_', ' ');
}

/** Those of which a word begins with what was typed, in either language; names before other words. */
export function matching(query: string): readonly Emoji[] {
  const sought = query.trim().toLocaleLowerCase().replaceAll(' ', '_');
  if (!sought) return ALL;
  const rank = ({ name, words }: Emoji) => {
    if (name.startsWith(sought) || words.zh[0]!.startsWith(sought)) return 0;
    if ([...words.en, ...words.zh].some((word) => word.toLocaleLowerCase().startsWith(sought))) return 1;
    return name.includes(`_${sought}`) || words.zh.some((word) => word.includes(sought)) ? 2 : 3;
  };
  return ALL.map((emoji) => ({ emoji, rank: rank(emoji) }))
    .filter((one) => one.rank < 3)
    .sort((one, other) => one.rank - other.rank)
    .map((one) => one.emoji);
}
