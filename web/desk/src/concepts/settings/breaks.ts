import { declare } from './schema';

/** What a break can be for. */
export const breaks = declare<'break_reason'>({
  key: 'breaks',
  kind: 'break_reason',
  path: '/api/break-reasons',
  permission: 'settings.manage',
  name: (row) => row.label,
  order: (one, other) => one.position - other.position || one.label.localeCompare(other.label),
  among: () => '',
  columns: [],
  fields: [
    { name: 'label', as: 'text', initial: '' },
    { name: 'active', as: 'switch', initial: true, only: 'existing', hint: true },
  ],
});
