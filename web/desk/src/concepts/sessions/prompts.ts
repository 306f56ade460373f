import type { Prompts } from '../../api/types';

export type PromptName = keyof Prompts;
export const STAGES = ['arrives', 'asks', 'waits', 'served', 'ends', 'rates'] as const;
export type Stage = (typeof STAGES)[number];

/** Which prompts are sent on which part of the way. */
export const PROMPTS: Record<Stage, readonly PromptName[]> = {
  arrives: ['welcome', 'after_hours', 'holiday', 'break_time'],
  asks: ['choose_team', 'connecting', 'no_agents'],
  waits: ['queue', 'connect_failed', 'leave_message'],
  served: ['connected', 'idle_reminder'],
  ends: ['closed', 'idle_close'],
  rates: ['rating_invitation', 'rating_in_words', 'rating_thanks'],
};

/** Those of a stage that can be sent here: a text in place of the card only where a channel shows none. */
export function promptsOf(stage: Stage, kinds: readonly string[]): readonly PromptName[] {
  return PROMPTS[stage].filter((name) => name !== 'rating_in_words' || kinds.some((kind) => kind !== 'webchat'));
}

const EVERYWHERE = ['ContactName', 'OwnerName'];
const SERVED = ['AgentName', ...EVERYWHERE];

/** What is filled in where. */
export function variablesOf(name: PromptName): string[] {
  if (name === 'queue') return ['QueuePosition', 'WaitNo', 'EstimatedWait', ...EVERYWHERE];
  if (['after_hours', 'holiday', 'break_time'].includes(name)) return ['OpensAt', ...EVERYWHERE];
  return ['connected', 'idle_reminder', 'idle_close', 'closed', 'rating_invitation', 'rating_in_words', 'rating_thanks'].includes(name) ? SERVED : EVERYWHERE;
}

const VARIABLE = /\$([A-Za-z][A-Za-z0-9_]*)/g;

/** The words of a text that are meant as variables and are none here, each with the one it may have been meant for. */
export function unknownIn(text: string, known: readonly string[]): { word: string; meant: string | null }[] {
  const words = new Set([...text.matchAll(VARIABLE)].map((found) => found[1]!));
  return [...words].filter((word) => !known.includes(word)).map((word) => ({ word, meant: nearest(word, known) }));
}

function nearest(word: string, known: readonly string[]): string | null {
  const [best] = known.map((one) => ({ one, far: distance(word.toLowerCase(), one.toLowerCase()) })).sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(2, word.length / 3) ? best.one : null;
}

/** How many letters have to be changed, added or left out (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length]!;
}

/** So many teams are on a card at most. */
export const MOST_TEAMS = 12;

/** The text in a language, as the server chooses it: the language, a sister of it, English, any. */
export function textIn(texts: Record<string, string>, languages: readonly string[]): string {
  return nameOn(texts, ...languages) || texts.en || Object.values(texts).find(Boolean) || '';
}

/** The text in one of these languages or a sister of it, and nothing else. */
export function nameOn(texts: Record<string, string>, ...languages: readonly string[]): string {
  for (const language of languages) {
    const tongue = language.split('-')[0]!.toLowerCase();
    const alike = Object.keys(texts).filter((written) => written.split('-')[0]!.toLowerCase() === tongue);
    for (const written of [language, tongue, ...alike]) if (texts[written]) return texts[written];
  }
  return '';
}

/** A text in pieces: what was filled in, and what stands between. */
export function pieces(text: string, values: Record<string, string>): { text: string; filled: boolean }[] {
  const made: { text: string; filled: boolean }[] = [];
  let at = 0;
  for (const found of text.matchAll(VARIABLE)) {
    const value = values[found[1]!];
    if (value === undefined) continue;
    if (found.index > at) made.push({ text: text.slice(at, found.index), filled: false });
    made.push({ text: value, filled: true });
    at = found.index + found[0].length;
  }
  return at < text.length ? [...made, { text: text.slice(at), filled: false }] : made;
}
