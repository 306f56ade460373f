import { useI18n } from 'vue-i18n';
import type { AuditOut } from '../../api/types';
import { pool } from '../../live/entities';
import { useFormat } from '../../ui';
import { skillName } from '../skills';
import { roleName } from './roles';

/** Where the words for the fields of what was changed stand. */
const RESOURCE: Record<string, string> = {
  agent: 'agents',
  team: 'teams',
  channel: 'channels',
  category: 'categories',
  owner: 'owners',
  result: 'results',
  reason: 'reasons',
  break: 'breaks',
  workspace: 'workspace',
};

/** An entry of the audit log as one reads it: a sentence, and what became of what. */
export function useAuditText() {
  const { t, te, locale } = useI18n();
  const format = useFormat();

  function sentence(row: AuditOut): string {
    const own = `audit.topic.${row.topic}_self`;
    const key = row.actor_id === row.subject_id && te(own) ? own : `audit.topic.${row.topic}`;
    if (!te(key)) return row.topic;
    const { browser, address, ...details } = row.details;
    return t(key, { ...details, name: row.subject_name || t('audit.something'), detail: String(address ?? browser ?? '') });
  }

  function changes(row: AuditOut): { field: string; from: string; to: string }[] {
    return Object.entries(row.changes).map(([field, [from, to]]) => ({
      field: fieldName(row.topic, field),
      from: value(field, from),
      to: value(field, to),
    }));
  }

  /** What a role gives now, and what no more. */
  function permissions(row: AuditOut): { gives: string; takes: string } {
    const words = (names: unknown) => format.list((Array.isArray(names) ? names : []).map((name) => known(`permissions.can.${name}`, name)));
    return { gives: words(row.details.given ?? row.details.permissions), takes: words(row.details.taken) };
  }

  function fieldName(topic: string, field: string): string {
    const resource = RESOURCE[topic.split('.')[0] ?? ''] ?? '';
    return known(`settings.${resource}.${field}`, known(`settings.field.${field}`, known(`settings.profile.${field}`, field)));
  }

  function value(field: string, raw: unknown): string {
    if (raw === null || raw === undefined || raw === '') return '–';
    if (Array.isArray(raw)) return raw.length ? format.list(raw.map((one) => value(field.replace(/s$/, ''), one))) : '–';
    if (typeof raw === 'boolean') return t(raw ? 'audit.on' : 'audit.off');
    if (typeof raw === 'number') return format.number(raw);
    if (typeof raw === 'object') return JSON.stringify(raw);
    const text = String(raw);
    if (field === 'skill') return skillName(text, locale.value);
    if (field === 'role') return roleName(text, { t });
    return nameOf(field, text) ?? (field === 'require' ? known(`settings.required.${text}`, text) : text);
  }

  function nameOf(field: string, id: string): string | undefined {
    if (field === 'team_id') return pool.team.get(id)?.name;
    if (field === 'member_id' || field === 'agent_id') return pool.agent.get(id)?.name;
    if (field === 'category_id') return pool.category.get(id)?.name;
    if (field === 'owner_id') return pool.owner.get(id)?.name;
    return field === 'parent_id' ? pool.reason.get(id)?.label : undefined;
  }

  const known = (key: string, otherwise: string): string => (te(key) ? t(key) : otherwise);

  return { sentence, changes, permissions };
}
