import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: 'reports', redirect: { name: 'ratings' } },
  { path: 'reports/ratings', name: 'ratings', component: () => import('./RatingsPage.vue'), meta: { title: 'reports.ratings' } },
];
