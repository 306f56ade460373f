import { createApp } from 'vue';
import '../ui/styles/tokens.css';
import '../ui/styles/ui.css';
import '../ui/styles/desk.css';
import { onServerTime } from '../api/client';
import { resume } from '../concepts/session';
import { followServerTime } from '../ui/clock';
import { handleKey } from '../ui/commands';
import App from './App.vue';
import { firstLocale, i18n, setLocale } from './i18n';
import { router } from './router';
import { followTheme } from './theme';

onServerTime(followServerTime);
addEventListener('keydown', handleKey);

const asked = resume();
const texts = setLocale(firstLocale());
// The code of the page that is asked for is fetched while the server is asked who we are.
for (const { components } of router.resolve(location.pathname === '/' ? '/inbox' : location.pathname).matched) {
  const page: unknown = components?.default;
  if (typeof page === 'function') void (page as () => Promise<unknown>)();
}
const [, answer] = await Promise.allSettled([texts, asked]);
followTheme();
// The line to the server opens and the lists are on their way before the page is drawn, which takes the processor for a while.
await new Promise((go) => setTimeout(go));
createApp(App, { unreachable: answer.status === 'rejected' }).use(i18n).use(router).mount('#app');
