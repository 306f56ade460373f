import { useI18n } from 'vue-i18n';
import type { AuditOut } from '../../api/types';
import { useFormat } from '../../ui';
import { languageOf } from '../../ui/languages';
import { settingChanges, type Change } from './auditSettings';
import { useAuditValues } from './auditValues';

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
  const { text, known } = useAuditValues();

  function sentence(row: AuditOut): string {
    const own = `audit.topic.${row.topic}_self`;
    const ofOne = `audit.topic.${row.topic}_of`;
    const key = row.actor_id === row.subject_id && te(own) ? own : row.subject_name && te(ofOne) ? ofOne : `audit.topic.${row.topic}`;
    if (!te(key)) return row.topic;
    const { browser, address, ...details } = row.details;
    return t(key, { ...details, name: row.subject_name || t('audit.something'), detail: String(address ?? browser ?? '') });
  }

  function changes(row: AuditOut): Change[] {
    const words = { text, known, language: (tag: string) => languageOf(tag, locale.value) };
    return Object.entries(row.changes).flatMap(([field, [from, to]]) =>
      row.topic === 'session.settings_changed'
        ? settingChanges(field, from, to, words)
        : [{ field: fieldName(row.topic, field), from: text(field, from), to: text(field, to) }],
    );
  }

  /** What a role gives now, and what no more. */
  function permissions(row: AuditOut): { gives: string; takes: string } {
    const words = (names: unknown) => format.list((Array.isArray(names) ? names : []).map((name) => known(`permissions.can.${name}`, name)));
    return { gives: words(row.details.given ?? row.details.permissions), takes: words(row.details.taken) };
  }

  function fieldName(topic: string, field: string): string {
    const resource = RESOURCE[topic.split('.')[0] ?? ''] ?? '';
    return known(`settings.${resource}.${field}`, known(`settings.field.${field}`, known(`settings.profile.${field}`, known(`audit.field.${field}`, field))));
  }

  return { sentence, changes, permissions };
}
