import type { RouteRecordRaw } from 'vue-router';

/** Pages of the settings that are a list, with a form behind each row. */
export const LISTS: readonly string[] = ['channels', 'categories', 'owners', 'results', 'reasons', 'canned', 'agents', 'teams', 'roles', 'breaks'];
const RESOURCES = LISTS.join('|');

export const routes: RouteRecordRaw[] = [
  {
    path: 'settings',
    component: () => import('./SettingsFrame.vue'),
    meta: { title: 'settings.title' },
    children: [
      { path: '', name: 'settings', component: () => import('./SettingsIndex.vue') },
      { path: 'workspace', name: 'settings-workspace', component: () => import('./WorkspacePage.vue') },
      { path: 'hours', name: 'settings-hours', component: () => import('../hours/HoursPage.vue') },
      { path: 'sessions', name: 'settings-sessions', component: () => import('../sessions/SessionsPage.vue') },
      { path: 'audit', name: 'settings-audit', component: () => import('./AuditPage.vue') },
      { path: 'quarantine', name: 'settings-quarantine', component: () => import('../lines/QuarantinePage.vue') },
      { path: 'profile', name: 'settings-profile', component: () => import('./ProfilePage.vue') },
      { path: 'tokens', name: 'settings-tokens', component: () => import('./TokensPage.vue') },
      { path: `:resource(${RESOURCES})`, name: 'settings-list', component: () => import('./ResourceList.vue') },
      { path: `:resource(${RESOURCES})/:id`, name: 'settings-entry', component: () => import('./ResourceEntry.vue') },
    ],
  },
];
