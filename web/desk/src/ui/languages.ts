/** A language by its name in the language of the desk; what is no language stays as it was given. */
export function languageOf(tag: string, inLanguage: string): string {
  try {
    return tag ? (new Intl.DisplayNames(inLanguage, { type: 'language' }).of(tag) ?? tag) : '';
  } catch {
    return tag;
  }
}
