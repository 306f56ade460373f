import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  {
    path: 'inbox/:view(mine|wrap-up|snoozed|mentions|team-[^/]+)?/:id?',
    name: 'inbox',
    component: () => import('./InboxPage.vue'),
    meta: { title: 'app.inbox' },
  },
];
