import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: 'records', name: 'records', component: () => import('./RecordsPage.vue'), meta: { title: 'records.title' } },
  { path: 'records/:id', name: 'record', component: () => import('./RecordPage.vue'), meta: { title: 'records.record' } },
];
