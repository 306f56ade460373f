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
import { router, textsFor } from './router';
import { followTheme } from './theme';

onServerTime(followServerTime);
addEventListener('keydown', handleKey);

const asked = resume();
// The code and the texts of the page that is asked for are fetched while the server is asked who we are.
const wanted = router.resolve(location.pathname === '/' ? '/inbox' : location.pathname);
const texts = Promise.all([setLocale(firstLocale()), textsFor(wanted)]);
for (const { components } of wanted.matched) {
  const page: unknown = components?.default;
  if (typeof page === 'function') void (page as () => Promise<unknown>)();
}
const [, answer] = await Promise.allSettled([texts, asked]);
followTheme();
// The line to the server opens and the lists are on their way before the page is drawn, which takes the processor for a while.
await new Promise((go) => setTimeout(go));
createApp(App, { unreachable: answer.status === 'rejected' }).use(i18n).use(router).mount('#app');
