import { defineAsyncComponent } from 'vue';
import { pool } from '../../live/entities';
import { useKinds } from '../lines/kinds';
import { breaks } from './breaks';
import { cannedResponse } from './canned';
import { active, inUse, nameIn, skills } from './common';
import { agents, teams } from './peopleResources';
import { roles } from './roleResource';
import type { ResultOut } from '../../api/types';
import { declare, type Draft, type Resource, type Words } from './schema';

const byPosition = (one: { position: number; label: string }, other: { position: number; label: string }) =>
  one.position - other.position || one.label.localeCompare(other.label);
const isChat = (draft: Draft) => draft.kind === 'webchat';
const isLine = (draft: Draft) => draft.kind !== 'webchat';
/** What can be chosen for a new channel; one that exists stays what it is. */
const channelKinds = (id: string | null, kind?: string) => (id === null ? useKinds().kinds.value.map((one) => one.kind as string) : [kind ?? 'webchat']);

const channels = declare<'channel'>({
  key: 'channels',
  kind: 'channel',
  path: '/api/channels',
  permission: 'settings.manage',
  name: (row) => row.name,
  hasFallen: (row) => row.active && row.health?.ok === false,
  columns: [
    { name: 'kind', text: (row, { t }) => t(`common.channelKind.${row.kind}`), mark: (row) => row.kind },
    { name: 'category_id', text: (row) => nameIn(pool.category, row.category_id) },
    { name: 'allowed_domains', text: (row, { list }) => list(row.allowed_domains) || '–' },
  ],
  fields: [
    {
      name: 'kind',
      as: 'select',
      initial: 'webchat',
      choices: ({ t }, _draft, id) => channelKinds(id, pool.channel.get(id ?? '')?.kind).map((value) => ({ value, label: t(`common.channelKind.${value}`) })),
    },
    { name: 'name', as: 'text', initial: '' },
    {
      name: 'category_id',
      as: 'select',
      initial: '',
      hint: true,
      choices: (_words, draft) => inUse(pool.category.values(), draft.category_id),
    },
    { name: 'settings', as: 'account', initial: {}, optional: true, when: isLine },
    { name: 'secrets', as: 'secrets', initial: {}, optional: true, when: isLine },
    { name: 'allowed_domains', as: 'lines', initial: [], optional: true, hint: true, when: isChat },
    { name: 'brand_color', as: 'color', initial: '#215aca', when: isChat },
    { name: 'greeting', as: 'textarea', initial: '', optional: true, hint: true, when: isChat },
    { name: 'launcher', as: 'text', initial: '', optional: true, hint: true, when: isChat },
    { name: 'texts', as: 'texts', initial: {}, optional: true, when: isChat },
    {
      name: 'position',
      as: 'select',
      initial: 'end',
      when: isChat,
      choices: ({ t }) => ['end', 'start'].map((value) => ({ value, label: t(`settings.channels.positions.${value}`) })),
    },
    { name: 'sounds', as: 'switch', initial: true, hint: true, when: isChat },
    { name: 'form', as: 'form', initial: { active: false, intro: {}, questions: [] }, optional: true, hint: true, when: isChat },
    active,
  ],
});

const categories = declare<'category'>({
  key: 'categories',
  kind: 'category',
  path: '/api/channel-categories',
  belowForm: defineAsyncComponent(() => import('./CategoryPreview.vue')),
  permission: 'settings.manage',
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
    skills,
    active,
  ],
});

const owners = declare<'owner'>({
  key: 'owners',
  kind: 'owner',
  path: '/api/owners',
  permission: 'settings.manage',
  name: (row) => row.name,
  columns: [
    {
      name: 'categories',
      text: (row, { list }) => list([...pool.category.values()].filter((one) => one.owner_id === row.id).map((one) => one.name)) || '–',
    },
    { name: 'agent_id', text: (row) => nameIn(pool.agent, row.agent_id) },
  ],
  fields: [
    { name: 'name', as: 'text', initial: '' },
    {
      name: 'agent_id',
      as: 'select',
      initial: null,
      optional: true,
      hint: true,
      choices: (_words, draft) => inUse(pool.agent.values(), draft.agent_id),
    },
    active,
  ],
});

function givenTo(row: ResultOut, t: Words['t'], list: Words['list']): string {
  const where = [...(row.automatic ? [t('settings.results.givenByItself')] : []), ...row.automatic_in.map((id) => nameIn(pool.category, id))];
  return list(where) || '–';
}

const results = declare<'result'>({
  key: 'results',
  kind: 'result',
  path: '/api/results',
  permission: 'settings.manage',
  name: (row) => row.label,
  order: (one, other) => one.category.localeCompare(other.category) || byPosition(one, other),
  among: (row) => row.category,
  columns: [
    { name: 'category', text: (row) => row.category || '–' },
    { name: 'applies_to', text: (row, { t, list }) => list(row.applies_to.map((kind) => t(`settings.results.kind.${kind}`))) || '–' },
    { name: 'automatic', text: (row, { t, list }) => givenTo(row, t, list) },
  ],
  fields: [
    { name: 'label', as: 'text', initial: '' },
    { name: 'category', as: 'text', initial: '', optional: true, hint: true },
    {
      name: 'applies_to',
      as: 'checks',
      initial: [],
      optional: true,
      hint: true,
      choices: ({ t }) => ['inbound', 'outbound', 'messaging', 'phone'].map((value) => ({ value, label: t(`settings.results.kind.${value}`) })),
    },
    { name: 'automatic', as: 'switch', initial: false, hint: true },
    {
      name: 'automatic_in',
      as: 'checks',
      initial: [],
      optional: true,
      hint: true,
      choices: (_words, draft) => inUse(pool.category.values(), draft.automatic_in),
    },
    active,
  ],
});

const headings = (id: string | null) => [...pool.reason.values()].filter((row) => row.parent_id === null && row.id !== id).sort(byPosition);

const reasons = declare<'reason'>({
  key: 'reasons',
  kind: 'reason',
  path: '/api/reasons',
  belowList: defineAsyncComponent(() => import('./ReasonsPreview.vue')),
  permission: 'settings.manage',
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

const ALL: readonly Resource[] = [channels, categories, owners, results, reasons, cannedResponse, agents, teams, roles, breaks];

export const resourceOf = (key: string): Resource | undefined => ALL.find((resource) => resource.key === key);
