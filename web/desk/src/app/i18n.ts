import { createI18n } from 'vue-i18n';
import { nextTick } from 'vue';
import type { Locale } from '../api/types';

export const LOCALES: readonly { locale: Locale; name: string }[] = [
  { locale: 'en', name: 'English' },
  { locale: 'zh-TW', name: '繁體中文' },
];

type Load = () => Promise<{ default: Record<string, Record<string, unknown>> }>;
/** What frame and inbox say, and what comes with the first page that is another. */
const TEXTS: Record<Locale, { work: Load; pages: Load }> = {
  en: { work: () => import('../locales/en'), pages: () => import('../locales/en.pages') },
  'zh-TW': { work: () => import('../locales/zh-TW'), pages: () => import('../locales/zh-TW.pages') },
};
const KEPT_AS = 'helpline.locale';

export const i18n = createI18n({
  legacy: false,
  locale: firstLocale() as string,
  fallbackLocale: 'en',
  fallbackWarn: false,
  missing: (locale, key) => console.warn(`no text in ${locale}: ${key}`),
  messages: {},
});

function isLocale(value: string | null): value is Locale {
  return LOCALES.some((one) => one.locale === value);
}

/** The last one used here, else what the browser asks for. */
export function firstLocale(): Locale {
  const kept = localStorage.getItem(KEPT_AS);
  if (isLocale(kept)) return kept;
  return navigator.languages.some((one) => /^zh/i.test(one)) && !/^en/i.test(navigator.language) ? 'zh-TW' : 'en';
}

const here = new Set<Load>();
async function bring(locale: Locale, load: Load): Promise<void> {
  const texts = here.has(load) ? undefined : (await load()).default;
  if (!texts || here.has(load)) return;
  here.add(load);
  i18n.global.mergeLocaleMessage(locale, texts);
}

let beyondWork = false;
/** The texts of the pages that are not the inbox, now and in whichever language is chosen from here on. */
export async function pageTexts(): Promise<void> {
  beyondWork = true;
  const locale = i18n.global.locale.value as Locale;
  await bring(locale, TEXTS[locale].pages);
}

export async function setLocale(locale: Locale): Promise<void> {
  const { work, pages } = TEXTS[locale];
  await Promise.all([bring(locale, work), beyondWork && bring(locale, pages)]);
  // Another page may have been opened meanwhile.
  if (beyondWork) await bring(locale, pages);
  i18n.global.locale.value = locale as never;
  document.documentElement.lang = locale;
  localStorage.setItem(KEPT_AS, locale);
  await nextTick();
}
