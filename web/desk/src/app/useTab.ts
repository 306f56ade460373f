import { computed, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute } from 'vue-router';
import { callingForMe, waitingForMe } from '../concepts/conversations';
import { isCutOff } from '../live/socket';

/** What the tab of the browser says while one looks elsewhere: how many wait, a mark on the icon, and whether we are cut off. */
export function useTab(): void {
  const { t, locale } = useI18n();
  const route = useRoute();
  const title = computed(() => {
    void locale.value;
    const page = typeof route.meta.title === 'string' ? `${t(route.meta.title)} · ` : '';
    const count = waitingForMe.value ? `(${waitingForMe.value}) ` : '';
    return `${isCutOff.value ? '⚠ ' : ''}${count}${page}Helpline`;
  });
  watch(title, (text) => (document.title = text), { immediate: true });

  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  watch(callingForMe, (calls) => icon?.setAttribute('href', calls ? '/favicon-calling.svg' : '/favicon.svg'));
}
