import type { RoleOut } from '../../api/types';
import { pool } from '../../live/entities';
import type { Words } from './schema';

const FIXED = ['agent', 'supervisor', 'administrator'];
const rank = (row: RoleOut) => (row.fixed ? FIXED.indexOf(row.id) : FIXED.length);

/** The fixed ones from the least to the most, then the workspace's own. */
export const byRank = (one: RoleOut, other: RoleOut) => rank(one) - rank(other) || one.name.localeCompare(other.name);

export const roleRows = (): RoleOut[] => [...pool.role.values()].sort(byRank);

export function roleName(id: string, { t }: Pick<Words, 't'>): string {
  return FIXED.includes(id) ? t(`settings.role.${id}`) : (pool.role.get(id)?.name ?? '–');
}

/** Without the one, the other is of no use: ticked together. */
const NEEDS: Record<string, readonly string[]> = {
  'conversation.read_all': ['conversation.read'],
  'conversation.reply': ['conversation.read'],
  'conversation.take': ['conversation.read'],
  'conversation.transfer': ['conversation.read'],
  'conversation.close': ['conversation.read'],
  'record.read_all': ['record.read'],
  'record.edit': ['record.read'],
  'record.edit_all': ['record.read', 'record.read_all', 'record.edit'],
  'contact.edit': ['contact.read'],
  'people.manage': ['people.read'],
  'settings.manage': ['settings.read'],
};

export function ticked(chosen: readonly string[], permission: string): string[] {
  return [...new Set([...chosen, permission, ...(NEEDS[permission] ?? [])])].sort();
}

export function unticked(chosen: readonly string[], permission: string): string[] {
  return chosen.filter((one) => one !== permission && !NEEDS[one]?.includes(permission));
}

/** Every permission there is, in the server's order, under what it is about; the administrator holds all. */
export function permissionGroups(): { key: string; permissions: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const permission of pool.role.get('administrator')?.permissions ?? []) {
    const [key = ''] = permission.split('.');
    groups.set(key, [...(groups.get(key) ?? []), permission]);
  }
  return [...groups].map(([key, permissions]) => ({ key, permissions }));
}
