import { defineAsyncComponent } from 'vue';
import { BookOpenCheck, Building2, CircleCheck, MessageSquare, Tag, User, Users } from 'lucide-vue-next';
import { pool } from '../../live/entities';
import { me } from '../session';
import { breaks } from './breaks';
import { cannedResponse } from './canned';
import { roles } from './roleResource';
import { roleName, roleRows } from './roles';
import { declare, type Choice, type Field, type Resource, type Words } from './schema';

interface Named {
  id: string;
  name: string;
  active: boolean;
}

/** Those in use, and the one that is chosen already even if it is not. */
function inUse(rows: Iterable<Named>, chosen: unknown): Choice[] {
  return [...rows]
    .filter((row) => row.active || row.id === chosen || (Array.isArray(chosen) && chosen.includes(row.id)))
    .map((row) => ({ value: row.id, label: row.name }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

const nameIn = (rows: ReadonlyMap<string, { name: string }>, id: string | null) => (id && rows.get(id)?.name) || '–';
const byPosition = (one: { position: number; label: string }, other: { position: number; label: string }) =>
  one.position - other.position || one.label.localeCompare(other.label);
const count = (value: number | null, { number }: Words) => (value === null ? '–' : number(value));

const active: Field = { name: 'active', as: 'switch', initial: true, only: 'existing', hint: true };
const limit: Field = { name: 'limit', as: 'number', initial: null, optional: true, hint: true };

const channels = declare<'channel'>({
  key: 'channels',
  kind: 'channel',
  path: '/api/channels',
  permission: 'settings.manage',
  icon: MessageSquare,
  name: (row) => row.name,
  columns: [
    { name: 'category_id', text: (row) => nameIn(pool.category, row.category_id) },
    { name: 'allowed_domains', text: (row, { list }) => list(row.allowed_domains) || '–' },
  ],
  fields: [
    { name: 'name', as: 'text', initial: '' },
    {
      name: 'category_id',
      as: 'select',
      initial: '',
      hint: true,
      choices: (_words, draft) => inUse(pool.category.values(), draft.category_id),
    },
    { name: 'allowed_domains', as: 'lines', initial: [], optional: true, hint: true },
    { name: 'brand_color', as: 'color', initial: '#215aca' },
    { name: 'greeting', as: 'textarea', initial: '', optional: true, hint: true },
    { name: 'launcher', as: 'text', initial: '', optional: true, hint: true },
    { name: 'texts', as: 'texts', initial: {}, optional: true },
    {
      name: 'position',
      as: 'select',
      initial: 'end',
      choices: ({ t }) => ['end', 'start'].map((value) => ({ value, label: t(`settings.channels.positions.${value}`) })),
    },
    { name: 'sounds', as: 'switch', initial: true, hint: true },
    { name: 'form', as: 'form', initial: { active: false, intro: {}, questions: [] }, optional: true, hint: true },
    active,
  ],
});

const categories = declare<'category'>({
  key: 'categories',
  kind: 'category',
  path: '/api/channel-categories',
  belowForm: defineAsyncComponent(() => import('./CategoryPreview.vue')),
  permission: 'settings.manage',
  icon: Tag,
  name: (row) => row.name,
  columns: [
    { name: 'owner_id', text: (row) => nameIn(pool.owner, row.owner_id) },
    { name: 'team_id', text: (row) => nameIn(pool.team, row.team_id) },
    { name: 'requires', text: (row, { t, list }) => list(row.requires.map((field) => t(`settings.required.${field}`))) || '–' },
  ],
  fields: [
    { name: 'name', as: 'text', initial: '' },
    {
      name: 'owner_id',
      as: 'select',
      initial: null,
      optional: true,
      hint: true,
      choices: (_words, draft) => inUse(pool.owner.values(), draft.owner_id),
    },
    { name: 'team_id', as: 'select', initial: '', hint: true, choices: (_words, draft) => inUse(pool.team.values(), draft.team_id) },
    {
      name: 'requires',
      as: 'checks',
      initial: ['result', 'reasons'],
      hint: true,
      choices: ({ t }) => ['result', 'reasons', 'notes', 'contact'].map((value) => ({ value, label: t(`settings.required.${value}`) })),
    },
    active,
  ],
});

const owners = declare<'owner'>({
  key: 'owners',
  kind: 'owner',
  path: '/api/owners',
  permission: 'settings.manage',
  icon: Building2,
  name: (row) => row.name,
  columns: [
    {
      name: 'categories',
      text: (row, { list }) => list([...pool.category.values()].filter((one) => one.owner_id === row.id).map((one) => one.name)) || '–',
    },
  ],
  fields: [{ name: 'name', as: 'text', initial: '' }, active],
});

const results = declare<'result'>({
  key: 'results',
  kind: 'result',
  path: '/api/results',
  permission: 'settings.manage',
  icon: CircleCheck,
  name: (row) => row.label,
  order: (one, other) => one.category.localeCompare(other.category) || byPosition(one, other),
  among: (row) => row.category,
  columns: [{ name: 'category', text: (row) => row.category || '–' }],
  fields: [
    { name: 'label', as: 'text', initial: '' },
    { name: 'category', as: 'text', initial: '', optional: true, hint: true },
    active,
  ],
});

const headings = (id: string | null) => [...pool.reason.values()].filter((row) => row.parent_id === null && row.id !== id).sort(byPosition);

const reasons = declare<'reason'>({
  key: 'reasons',
  kind: 'reason',
  path: '/api/reasons',
  permission: 'settings.manage',
  icon: BookOpenCheck,
  name: (row) => row.label,
  order: byPosition,
  under: (row) => row.parent_id,
  among: (row) => row.parent_id ?? '',
  columns: [
    { name: 'description', text: (row) => row.description || '–' },
    {
      name: 'category_ids',
      text: (row, { t, list }) => {
        if (row.parent_id === null) return '–';
        return row.category_ids.length ? list(row.category_ids.map((id) => nameIn(pool.category, id))) : t('settings.reasons.everywhere');
      },
    },
  ],
  fields: [
    { name: 'label', as: 'text', initial: '' },
    {
      name: 'parent_id',
      as: 'select',
      initial: null,
      optional: true,
      hint: true,
      // A heading that has reasons under it cannot be put under another: there are two levels.
      when: (_draft, id) => ![...pool.reason.values()].some((row) => row.parent_id === id && id !== null),
      choices: (_words, _draft, id) => headings(id).map((row) => ({ value: row.id, label: row.label })),
    },
    { name: 'description', as: 'textarea', initial: '', optional: true, hint: true },
    {
      name: 'category_ids',
      as: 'checks',
      initial: [],
      optional: true,
      hint: true,
      when: (draft) => draft.parent_id !== null,
      choices: (_words, draft) => inUse(pool.category.values(), draft.category_ids),
    },
    active,
  ],
});

const agents = declare<'agent'>({
  key: 'agents',
  belowForm: defineAsyncComponent(() => import('./AgentSessions.vue')),
  kind: 'agent',
  path: '/api/agents',
  permission: 'people.manage',
  icon: User,
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

const teams = declare<'team'>({
  key: 'teams',
  kind: 'team',
  path: '/api/teams',
  permission: 'people.manage',
  icon: Users,
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
    limit,
    active,
  ],
});

/** The order of the navigation. */
export const SECTIONS: readonly { key: string; resources: readonly Resource[] }[] = [
  { key: 'service', resources: [channels, categories, owners, results, reasons, cannedResponse] },
  { key: 'people', resources: [agents, teams, roles, breaks] },
];

export function resourceOf(key: string): Resource | undefined {
  return SECTIONS.flatMap((section) => section.resources).find((resource) => resource.key === key);
}
