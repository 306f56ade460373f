import type { Texts } from '../wire';

/** The text in the first of these languages that it has, else in any. */
export function textIn(texts: Texts, languages: readonly string[]): string {
  return [...languages, 'en', ...Object.keys(texts)].map((language) => texts[language]).find(Boolean) ?? '';
}
