import type { Choice, Field, Words } from './schema';

interface Named {
  id: string;
  name: string;
  active: boolean;
}

/** Those in use, and the one that is chosen already even if it is not. */
export function inUse(rows: Iterable<Named>, chosen: unknown): Choice[] {
  return [...rows]
    .filter((row) => row.active || row.id === chosen || (Array.isArray(chosen) && chosen.includes(row.id)))
    .map((row) => ({ value: row.id, label: row.name }))
    .sort((one, other) => one.label.localeCompare(other.label));
}

export const nameIn = (rows: ReadonlyMap<string, { name: string }>, id: string | null) => (id && rows.get(id)?.name) || '–';
export const count = (value: number | null, { number }: Words) => (value === null ? '–' : number(value));

export const active: Field = { name: 'active', as: 'switch', initial: true, only: 'existing', hint: true };
export const skills: Field = { name: 'skills', as: 'skills', initial: [], optional: true, hint: true };
export const limit: Field = { name: 'limit', as: 'number', initial: null, optional: true, hint: true };
