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

// The frame of the desk is fetched while the server is asked who we are.
void import('./DeskShell.vue');
const [, asked] = await Promise.allSettled([setLocale(firstLocale()), resume()]);
followTheme();
createApp(App, { unreachable: asked.status === 'rejected' }).use(i18n).use(router).mount('#app');
