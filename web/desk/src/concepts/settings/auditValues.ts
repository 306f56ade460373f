import { useI18n } from 'vue-i18n';
import { pool } from '../../live/entities';
import { useFormat } from '../../ui';
import { languageOf } from '../../ui/languages';
import { skillName } from '../skills';
import { roleName } from './roles';

/** Fields that hold seconds; where 0 switches off, it says so. */
const SECONDS = new Set(['offline_after', 'return_after', 'last_agent_within', 'wait_target', 'undo_mail', 'undo_chat', 'connect_within', 'choose_within', 'server_timeout', 'valid_for', 'max_wait', 'tell_every']);
const OFF_AT_0 = /^(contact|agent|service)_(reminder|timeout|escalation|return|limit|warning)$/;
/** Where the words of a choice stand. */
const CHOICES: Record<string, string> = {
  mode: 'sessions.serviceMode',
  service_end: 'sessions.closure',
  order: 'sessions.allocation',
  policy: 'sessions.allocation',
  require: 'settings.required',
  locale: 'settings.language',
  theme: 'settings.profile.themes',
  position: 'settings.channels.positions',
};
type Row = { name?: string; label?: string } | undefined;
const ROWS: Record<string, (id: string) => Row> = {
  team: (id) => pool.team.get(id),
  agent: (id) => pool.agent.get(id),
  member: (id) => pool.agent.get(id),
  category: (id) => pool.category.get(id),
  owner: (id) => pool.owner.get(id),
  calendar: (id) => pool.calendar.get(id),
  parent: (id) => pool.reason.get(id),
};
/** `full_team` and `fallback_team_id` name a team as `team_id` does. */
const rowOf = (field: string, id: string): Row => ROWS[field.replace(/_id$/, '').replace(/^.*_/, '')]?.(id) ?? (field === 'card' ? pool.team.get(id) : undefined);

/** What stood in a field, and what stands in it now, as one says it. */
export function useAuditValues() {
  const { t, te, locale } = useI18n();
  const format = useFormat();
  const known = (key: string, otherwise: string): string => (te(key) ? t(key) : otherwise);

  function duration(seconds: number): string {
    const [unit, per] = ([['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]] as const).find(([, per]) => seconds && seconds % per === 0) ?? ['second', 1];
    return format.unit(seconds / per, unit);
  }

  function number(field: string, value: number): string {
    if (OFF_AT_0.test(field)) return value ? duration(value) : t('settings.off');
    return SECONDS.has(field) ? duration(value) : format.number(value);
  }

  /** The week of a calendar: each day that has periods. */
  function week(days: readonly { start: string; end: string; kind?: string }[][]): string {
    const name = (day: number) => new Intl.DateTimeFormat(locale.value, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 5, 1 + day)));
    const open = (day: (typeof days)[number]) => day.map((one) => `${one.start}–${one.end}`).join(', ');
    return days.flatMap((day, at) => (day.length ? [`${name(at)} ${open(day)}`] : [])).join('\n');
  }

  function object(field: string, value: Record<string, unknown>): string {
    const nameOf = (key: string) => {
      if (field === 'priorities') return pool.agent.get(key)?.name ?? key;
      if (field === 'team_names') return pool.team.get(key)?.name ?? key;
      return field === 'kind_limits' ? known(`common.channelKind.${key}`, key) : te(`settings.language.${key}`) ? languageOf(key, locale.value) : known(`audit.field.${key}`, key);
    };
    const said = Object.entries(value).filter(([, one]) => one !== '' && one !== null && !(field === 'priorities' && one === 0));
    return said.map(([key, one]) => `${nameOf(key)} ${text(key, one)}`).join(', ') || '–';
  }

  function text(field: string, raw: unknown): string {
    if (raw === null || raw === undefined || raw === '') return '–';
    if (field === 'week' && Array.isArray(raw)) return week(raw) || '–';
    if (Array.isArray(raw)) return raw.length ? format.list(raw.map((one) => text(field.replace(/s$/, ''), one))) : '–';
    if (typeof raw === 'boolean') return t(raw ? 'audit.on' : 'audit.off');
    if (typeof raw === 'number') return number(field, raw);
    if (typeof raw === 'object') return object(field, raw as Record<string, unknown>);
    const word = String(raw);
    if (field === 'skill') return skillName(word, locale.value);
    if (field === 'role') return roleName(word, { t });
    const row = rowOf(field, word);
    return row?.name ?? row?.label ?? known(`${CHOICES[field] ?? 'audit.choice'}.${word}`, word);
  }

  return { text, known };
}
