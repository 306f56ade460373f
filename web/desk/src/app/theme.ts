import { watchEffect } from 'vue';
import { me } from '../concepts/session';

/** The agent's own choice; without one, the system decides. */
export function followTheme(): void {
  watchEffect(() => {
    const theme = me.value?.theme ?? 'system';
    if (theme === 'system') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.dataset.theme = theme;
  });
}
