import { LOCALES } from '../../app/i18n';
import { zoneOptions } from '../../ui/zones';
import { session } from '../session';
import { declare } from './schema';

/** What holds for the whole workspace; there is one, so it has a page and no list. */
export const workspace = declare<'workspace'>({
  key: 'workspace',
  kind: 'workspace',
  path: '/api/workspace',
  single: true,
  permission: 'settings.manage',
  name: (row) => row.name,
  columns: [],
  fields: [
    { name: 'name', as: 'text', initial: '' },
    { name: 'locale', as: 'select', initial: 'en', hint: true, choices: () => LOCALES.map((one) => ({ value: one.locale, label: one.name })) },
    {
      name: 'timezone',
      as: 'select',
      initial: 'UTC',
      hint: true,
      choices: () => zoneOptions(session.workspace?.timezone),
    },
    { name: 'limit', as: 'number', initial: 5, hint: true },
    { name: 'kind_limits', as: 'kindLimits', initial: {}, optional: true, hint: true },
    { name: 'wait_target', as: 'duration', initial: 60, hint: true },
    { name: 'undo_mail', as: 'duration', initial: 10, hint: true },
    { name: 'undo_chat', as: 'duration', initial: 0, hint: true },
    { name: 'last_agent_within', as: 'duration', initial: 86_400, hint: true },
    { name: 'offline_after', as: 'duration', initial: 30, hint: true },
    { name: 'return_after', as: 'duration', initial: 60, hint: true },
    { name: 'storage_limit', as: 'bytes', initial: null, optional: true, hint: true },
  ],
});
