/** Languages to choose from where one is added; whatever else is known stays as it was given. */
export const LANGUAGES = [
  'ar', 'de', 'en', 'es', 'fr', 'id', 'it', 'ja', 'ko', 'ms', 'nl', 'pl', 'pt-BR', 'ru', 'th', 'tr', 'uk', 'vi', 'zh-CN', 'zh-TW',
] as const;

/** A language, also one that is written `pt_BR`, by its name in the language of the desk; what is no language stays as it was given. */
export function languageOf(tag: string, inLanguage: string): string {
  try {
    return tag ? (new Intl.DisplayNames(inLanguage, { type: 'language' }).of(tag.replace('_', '-')) ?? tag) : '';
  } catch {
    return tag;
  }
}
