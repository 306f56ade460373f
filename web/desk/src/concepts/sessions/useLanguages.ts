import { computed, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { SessionSettingsOut } from '../../api/types';

const SHORT: Record<string, string> = { en: 'EN', 'zh-TW': '繁中' };

/** The languages in which texts are written, and the one that is looked at. */
export function useLanguages(row: Ref<SessionSettingsOut | null>) {
  const { locale } = useI18n();
  const language = ref(locale.value);
  const languages = computed(() => {
    const prompts = Object.values(row.value?.in_force.prompts ?? {});
    const written = prompts.flatMap((prompt) => Object.keys(prompt?.texts ?? {}));
    return [...new Set(['en', 'zh-TW', ...written])].map((value) => ({ value, label: SHORT[value] ?? value.toUpperCase() }));
  });
  return { language, languages };
}
