export type Locale = 'en' | 'zh-TW';

function known(tag: string): Locale | null {
  if (/^en\b/i.test(tag)) return 'en';
  return /^zh\b/i.test(tag) ? 'zh-TW' : null;
}

/** The page may decide; else the visitor's own languages in their order, then the channel's language. */
export function chooseLocale(wished: string | undefined, visitor: readonly string[], channel: string): Locale {
  for (const tag of [wished ?? '', ...visitor, channel]) {
    const locale = known(tag);
    if (locale) return locale;
  }
  return 'en';
}

export function direction(locale: string): 'ltr' | 'rtl' {
  return /^(ar|fa|he|ur)\b/.test(locale) ? 'rtl' : 'ltr';
}
