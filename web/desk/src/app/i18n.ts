import { createI18n } from 'vue-i18n';
import { nextTick } from 'vue';
import type { Locale } from '../api/types';

export const LOCALES: readonly { locale: Locale; name: string }[] = [
  { locale: 'en', name: 'English' },
  { locale: 'zh-TW', name: '繁體中文' },
];

type Messages = Record<string, Record<string, unknown>>;
const LOAD: Record<Locale, () => Promise<{ default: Messages }>> = {
  en: () => import('../locales/en'),
  'zh-TW': () => import('../locales/zh-TW'),
};
const KEPT_AS = 'helpline.locale';

export const i18n = createI18n({ legacy: false, locale: 'en', fallbackLocale: 'en', missingWarn: false, fallbackWarn: false, messages: {} });

function isLocale(value: string | null): value is Locale {
  return LOCALES.some((one) => one.locale === value);
}

/** The last one used here, else what the browser asks for. */
export function firstLocale(): Locale {
  const kept = localStorage.getItem(KEPT_AS);
  if (isLocale(kept)) return kept;
  return navigator.languages.some((one) => /^zh/i.test(one)) && !/^en/i.test(navigator.language) ? 'zh-TW' : 'en';
}

export async function setLocale(locale: Locale): Promise<void> {
  if (!i18n.global.availableLocales.includes(locale as never)) {
    i18n.global.setLocaleMessage(locale, (await LOAD[locale]()).default as never);
  }
  i18n.global.locale.value = locale as never;
  document.documentElement.lang = locale;
  localStorage.setItem(KEPT_AS, locale);
  await nextTick();
}
