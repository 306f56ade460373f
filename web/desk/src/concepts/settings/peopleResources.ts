import { defineAsyncComponent } from 'vue';
import { pool } from '../../live/entities';
import { me } from '../session';
import { active, count, inUse, limit, nameIn, skills } from './common';
import { roleName, roleRows } from './roles';
import { declare } from './schema';

export const agents = declare<'agent'>({
  key: 'agents',
  belowForm: defineAsyncComponent(() => import('./AgentSessions.vue')),
  kind: 'agent',
  path: '/api/agents',
  permission: 'people.manage',
  name: (row) => row.name,
  columns: [
    { name: 'email', text: (row) => row.email },
    { name: 'role', text: (row, words) => roleName(row.role, words) },
    { name: 'team_ids', text: (row, { list }) => list(row.team_ids.map((id) => nameIn(pool.team, id))) || '–' },
  ],
  fields: [
    { name: 'name', as: 'text', initial: '' },
    { name: 'email', as: 'email', initial: '', hint: true },
    {
      name: 'role',
      as: 'select',
      initial: 'agent',
      hint: true,
      choices: (words) => roleRows().map((row) => ({ value: row.id, label: roleName(row.id, words) })),
    },
    { name: 'team_ids', as: 'checks', initial: [], optional: true, choices: (_words, draft) => inUse(pool.team.values(), draft.team_ids) },
    skills,
    limit,
    { name: 'password', as: 'password', initial: '', hint: true, only: 'new' },
    {
      name: 'password',
      label: 'newPassword',
      as: 'password',
      initial: '',
      hint: true,
      optional: true,
      only: 'existing',
      // One's own is changed in the profile, with the present one.
      when: (_draft, id) => id !== me.value?.id,
    },
    active,
  ],
});

export const teams = declare<'team'>({
  key: 'teams',
  kind: 'team',
  path: '/api/teams',
  permission: 'people.manage',
  name: (row) => row.name,
  columns: [
    { name: 'member_ids', text: (row, { list }) => list(row.member_ids.map((id) => nameIn(pool.agent, id))) || '–' },
    { name: 'limit', text: (row, words) => count(row.limit, words) },
  ],
  fields: [
    { name: 'name', as: 'text', initial: '' },
    {
      name: 'member_ids',
      as: 'checks',
      initial: [],
      optional: true,
      choices: (_words, draft) => inUse(pool.agent.values(), draft.member_ids),
    },
    { name: 'priorities', as: 'ranks', initial: {}, optional: true, hint: true, only: 'existing' },
    limit,
    active,
  ],
});
