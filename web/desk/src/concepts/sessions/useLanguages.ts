import { computed, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { SessionSettingsOut } from '../../api/types';

export interface Tongue {
  value: string;
  label: string;
}

const SHORT: Record<string, string> = { en: 'EN', 'zh-TW': '繁中', 'zh-CN': '简中', ja: '日', ko: '한', th: 'ไทย' };
/** The languages in which texts are written, and the one that is looked at, which need not have any yet. */
export function useLanguages(row: Ref<SessionSettingsOut | null>) {
  const { locale } = useI18n();
  const language = ref(locale.value);
  const languages = computed((): Tongue[] => {
    const { prompts, satisfaction, allocation } = row.value?.in_force ?? {};
    const written = [...Object.values(prompts ?? {}).map((prompt) => prompt?.texts ?? {}), ...(satisfaction?.reasons ?? []), ...Object.values(allocation?.team_names ?? {})];
    const all = new Set(['en', 'zh-TW', ...written.flatMap((texts) => Object.keys(texts)), language.value]);
    return [...all].map((value) => ({ value, label: SHORT[value] ?? value.toUpperCase() }));
  });
  return { language, languages };
}
