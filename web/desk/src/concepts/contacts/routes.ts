import type { RouteRecordRaw } from 'vue-router';

export const routes: RouteRecordRaw[] = [
  { path: 'contacts', name: 'contacts', component: () => import('./ContactsPage.vue'), meta: { title: 'contacts.title' } },
  { path: 'contacts/:id', name: 'contact', component: () => import('./ContactPage.vue'), meta: { title: 'contacts.contact' } },
];
