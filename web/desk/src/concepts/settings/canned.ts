import { pool } from '../../live/entities';
import { VARIABLES } from '../canned';
import { may, session } from '../session';
import { declare, type Choice } from './schema';

const mayShare = () => may('canned_response.manage');
const LANGUAGES = ['en', 'zh-TW'] as const;
const audiences = () => (mayShare() ? ['me', 'teams', 'everybody'] : ['me']);

/** Everybody looks after their own; what others use too needs the permission. */
export const cannedResponse = declare<'canned_response'>({
  key: 'canned',
  kind: 'canned_response',
  path: '/api/canned-responses',
  permission: 'conversation.reply',
  name: (row) => row.title,
  isFixed: (row) => !mayShare() && (row.shared_with !== 'me' || row.agent_id !== session.agentId),
  columns: [
    { name: 'shortcut', text: (row) => `/${row.shortcut}` },
    {
      name: 'shared_with',
      text: (row, { t, list }) =>
        row.shared_with === 'teams'
          ? list(row.team_ids.flatMap((id) => pool.team.get(id)?.name ?? []))
          : t(`settings.canned.audience.${row.shared_with}`),
    },
    { name: 'language', text: (row, { t }) => (row.language ? t(`settings.language.${row.language}`) : t('settings.canned.anyLanguage')) },
    { name: 'used', text: (row, { number }) => number(row.used) },
  ],
  fields: [
    { name: 'title', label: 'name', as: 'text', initial: '' },
    { name: 'shortcut', as: 'text', initial: '', hint: true },
    { name: 'text', as: 'textarea', initial: '', hint: true, names: VARIABLES.map((name) => `$${name}`) },
    { name: 'choices', as: 'phrases', initial: [], optional: true, hint: true },
    {
      name: 'language',
      as: 'select',
      initial: '',
      optional: true,
      choices: ({ t }): Choice[] => LANGUAGES.map((value) => ({ value, label: t(`settings.language.${value}`) })),
    },
    {
      name: 'shared_with',
      as: 'select',
      initial: 'me',
      hint: true,
      choices: ({ t }, draft): Choice[] =>
        [...new Set([...audiences(), String(draft.shared_with)])].map((value) => ({ value, label: t(`settings.canned.audience.${value}`) })),
    },
    {
      name: 'team_ids',
      as: 'checks',
      initial: [],
      when: (draft) => draft.shared_with === 'teams',
      choices: (): Choice[] => [...pool.team.values()].filter((team) => team.active).map((team) => ({ value: team.id, label: team.name })),
    },
    { name: 'active', as: 'switch', initial: true, only: 'existing', hint: true },
  ],
});
