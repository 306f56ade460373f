import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { Query } from '../../api/client';

export const PRESETS = ['today', 'yesterday', '7d', '30d'] as const;
export type CreatedPreset = (typeof PRESETS)[number];

/** The filters that take several ids, with the parameter by which the address and the server know them. */
export const LIST_FILTERS = {
  result: 'result_id',
  reason: 'reason_id',
  kind: 'channel_kind',
  contact: 'contact_id',
  category: 'category_id',
  owner: 'owner_id',
  handler: 'handler_id',
  team: 'team_id',
  state: 'state',
  rating: 'rating',
} as const;
export type ListFilter = keyof typeof LIST_FILTERS;
const LIST_FILTER_NAMES = Object.keys(LIST_FILTERS) as ListFilter[];

/** By which time the list is in order, the newest first with a minus before it. */
export const SORTS = ['-started_at', 'started_at', '-ended_at', 'ended_at'] as const;
export type RecordSort = (typeof SORTS)[number];

export type RecordFilters = { [name in ListFilter]: string[] } & {
  created: CreatedPreset | 'custom' | null;
  /** First and last day of a custom range, as local days (`2026-03-01`), both included. */
  from: string;
  to: string;
  q: string;
  sort: RecordSort;
};

export function noFilters(): RecordFilters {
  return {
    created: null,
    from: '',
    to: '',
    q: '',
    sort: SORTS[0],
    result: [],
    reason: [],
    kind: [],
    contact: [],
    category: [],
    owner: [],
    handler: [],
    team: [],
    state: [],
    rating: [],
  };
}

export function isFiltered(filters: RecordFilters): boolean {
  return Object.keys(toQuery({ ...filters, sort: SORTS[0] })).length > 0;
}

/** An address may be edited by hand or be older than this version: what is not understood is left out. */
export function fromQuery(query: LocationQuery): RecordFilters {
  const filters = noFilters();
  for (const name of LIST_FILTER_NAMES) filters[name] = many(query[LIST_FILTERS[name]]);
  filters.q = many(query.q)[0] ?? '';
  filters.sort = SORTS.find((sort) => sort === query.sort) ?? SORTS[0];
  const created = many(query.created)[0];
  if (PRESETS.some((preset) => preset === created)) filters.created = created as CreatedPreset;
  if (created === 'custom') {
    filters.from = day(query.from);
    filters.to = day(query.to);
    if (filters.from || filters.to) filters.created = 'custom';
  }
  return filters;
}

export function toQuery(filters: RecordFilters): LocationQueryRaw {
  const query: LocationQueryRaw = {};
  if (filters.created) query.created = filters.created;
  if (filters.created === 'custom') {
    if (filters.from) query.from = filters.from;
    if (filters.to) query.to = filters.to;
  }
  for (const name of LIST_FILTER_NAMES) if (filters[name].length) query[LIST_FILTERS[name]] = [...filters[name]];
  if (filters.q.trim()) query.q = filters.q.trim();
  if (filters.sort !== SORTS[0]) query.sort = filters.sort;
  return query;
}

/** The same filters as the server wants them: days become moments in the agent's own time zone. */
export function toParams(filters: RecordFilters, now: Date): Query {
  const { from, to } = range(filters, now);
  const params: Query = { created_from: from?.toISOString(), created_to: to?.toISOString(), q: filters.q.trim(), sort: filters.sort };
  for (const name of LIST_FILTER_NAMES) params[LIST_FILTERS[name]] = filters[name];
  return params;
}

function range(filters: RecordFilters, now: Date): { from?: Date; to?: Date } {
  switch (filters.created) {
    case 'today':
      return { from: midnight(now, 0) };
    case 'yesterday':
      return { from: midnight(now, -1), to: midnight(now, 0) };
    case '7d':
      return { from: midnight(now, -6) };
    case '30d':
      return { from: midnight(now, -29) };
    case 'custom':
      return {
        from: filters.from ? midnight(localDay(filters.from), 0) : undefined,
        to: filters.to ? midnight(localDay(filters.to), 1) : undefined,
      };
    default:
      return {};
  }
}

// Through the calendar, not by adding 24 hours: a day with a change of clocks is shorter or longer.
function midnight(of: Date, days: number): Date {
  return new Date(of.getFullYear(), of.getMonth(), of.getDate() + days);
}

export function localDay(text: string): Date {
  const [year = 0, month = 1, date = 1] = text.split('-').map(Number);
  return new Date(year, month - 1, date);
}

function day(value: LocationQuery[string] | undefined): string {
  const text = many(value)[0] ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(localDay(text).getTime()) ? text : '';
}

function many(value: LocationQuery[string] | undefined): string[] {
  const values = Array.isArray(value) ? value : [value];
  return [...new Set(values.filter((one): one is string => Boolean(one)))];
}
