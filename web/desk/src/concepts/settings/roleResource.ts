import { defineAsyncComponent } from 'vue';
import { pool } from '../../live/entities';
import { byRank, roleName } from './roles';
import { declare } from './schema';

export const roles = declare<'role'>({
  key: 'roles',
  kind: 'role',
  path: '/api/roles',
  permission: 'people.manage',
  name: (row, words) => roleName(row.id, words),
  order: byRank,
  isFixed: (row) => row.fixed,
  deletable: true,
  belowList: defineAsyncComponent(() => import('./RoleMatrix.vue')),
  columns: [
    { name: 'description', text: (row, { t }) => (row.fixed ? t(`settings.roles.about.${row.id}`) : row.description || '–') },
    { name: 'agents', text: (row, { number }) => number([...pool.agent.values()].filter((one) => one.role === row.id).length) },
  ],
  fields: [
    { name: 'name', as: 'text', initial: '' },
    { name: 'description', as: 'textarea', initial: '', optional: true, hint: true },
    { name: 'permissions', as: 'permissions', initial: [], optional: true, hint: true },
  ],
});
