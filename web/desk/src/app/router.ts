import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordNameGeneric, type RouteRecordRaw } from 'vue-router';
import { session } from '../concepts/session';
import { routes as board } from '../concepts/board/routes';
import { routes as contacts } from '../concepts/contacts/routes';
import { routes as conversations } from '../concepts/conversations/routes';
import { routes as records } from '../concepts/records/routes';
import { routes as reports } from '../concepts/reports/routes';
import { routes as entry } from '../concepts/session/routes';
import { routes as settings } from '../concepts/settings/routes';
import { pageTexts } from './i18n';

/** The tables of routes are small and here from the start; every page behind them is loaded when it is opened. */
const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/inbox' },
  ...entry,
  {
    path: '/',
    component: () => import('./DeskShell.vue'),
    children: [
      ...conversations,
      ...records,
      ...contacts,
      ...board,
      ...reports,
      ...settings,
      { path: ':rest(.*)*', component: () => import('./NotFoundPage.vue'), meta: { title: 'app.notFound' } },
    ],
  },
];

export const router = createRouter({ history: createWebHistory(), routes });

/** Where one belongs, given whether one is signed in; undefined when it is where one goes anyway. */
export function rightPlace(to: RouteLocationNormalized) {
  if (session.at === 'setup') return to.name === 'setup' ? undefined : { name: 'setup' };
  if (session.at === 'out') return to.name === 'sign-in' ? undefined : { name: 'sign-in', query: { next: to.fullPath } };
  if (session.at === 'in' && (to.name === 'sign-in' || to.name === 'setup')) {
    const next = String(to.query.next ?? '');
    return next.startsWith('/') && !next.startsWith('//') ? next : '/inbox';
  }
  return undefined;
}

/** What nearly everybody opens first has its texts from the start; every other page waits for its own. */
const WORK: readonly unknown[] = ['inbox', 'sign-in', 'setup'];
export const textsFor = (to: { name?: RouteRecordNameGeneric | null }) => (WORK.includes(to.name) ? undefined : pageTexts());

router.beforeEach((to) => rightPlace(to) ?? true);
router.beforeResolve(async (to) => {
  await textsFor(to);
});
