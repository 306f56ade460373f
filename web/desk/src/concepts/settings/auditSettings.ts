import type { Prompt } from '../../api/types';

/** One line of what changed. */
export interface Change {
  field: string;
  from: string;
  to: string;
}

type Words = { text: (field: string, raw: unknown) => string; known: (key: string, otherwise: string) => string; language: (tag: string) => string };

/** Where the label of a session setting stands: beside its field on the screen, or with the other words of the log. */
function labelOf(section: string, field: string, known: Words['known']): string {
  const keys: Record<string, string> = {
    prompts: `sessions.prompt.${field}`,
    service_mode: field === 'mode' ? 'sessions.serviceMode.title' : `sessions.serviceMode.${field}`,
    satisfaction: field === 'reasons' ? 'sessions.reasons.title' : `sessions.satisfaction.${field}`,
  };
  return known(`audit.setting.${section}.${field}`, known(keys[section] ?? `sessions.${section}.${field}`, field));
}

/** A change of a session setting as one says it. A text is one line for each language in which it changed. */
export function settingChanges(name: string, from: unknown, to: unknown, words: Words): Change[] {
  const [section = '', field = ''] = name.split('.');
  const label = labelOf(section, field, words.known);
  if (section !== 'prompts') return [{ field: label, from: words.text(field, from), to: words.text(field, to) }];
  const [was, now] = [from as Required<Prompt>, to as Required<Prompt>];
  const languages = [...new Set([...Object.keys(was.texts), ...Object.keys(now.texts)])].filter((tag) => was.texts[tag] !== now.texts[tag]);
  const lines = languages.map((tag) => ({ field: `${label}, ${words.language(tag)}`, from: was.texts[tag] || '–', to: now.texts[tag] || '–' }));
  const switched = { field: label, from: words.text('on', was.on), to: words.text('on', now.on) };
  return was.on === now.on ? lines : [switched, ...lines];
}
