import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: 'board', name: 'board', component: () => import('./BoardPage.vue'), meta: { title: 'app.board' } },
];
