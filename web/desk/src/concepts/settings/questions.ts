import type { Form, Question } from '../../api/types';

export const KINDS = ['name', 'email', 'phone', 'text', 'choice', 'consent'] as const;
/** Asked at most once in a form: their id is their kind, so that a visitor who is known is not asked again. */
const ONCE = new Set<Question['kind']>(['name', 'email', 'phone', 'consent']);

export function kindsLeft(form: Form): Question['kind'][] {
  const used = new Set((form.questions ?? []).map((question) => question.kind));
  return KINDS.filter((kind) => !ONCE.has(kind) || !used.has(kind));
}

export function withQuestion(form: Form, kind: Question['kind']): Form {
  const questions = form.questions ?? [];
  const taken = new Set(questions.map(({ id }) => id));
  let id: string = kind;
  for (let n = 2; taken.has(id); n++) id = `${kind}-${n}`;
  const question: Question = { id, kind, required: kind === 'consent', labels: {}, options: [], url: '' };
  return { ...form, questions: [...questions, question] };
}

export function without(form: Form, at: number): Form {
  return { ...form, questions: (form.questions ?? []).filter((_, i) => i !== at) };
}

export function changed(form: Form, at: number, change: Partial<Question>): Form {
  return { ...form, questions: (form.questions ?? []).map((one, i) => (i === at ? { ...one, ...change } : one)) };
}

export function moved(form: Form, at: number, by: 1 | -1): Form {
  const questions = [...(form.questions ?? [])];
  const [one] = questions.splice(at, 1);
  if (one) questions.splice(at + by, 0, one);
  return { ...form, questions };
}

/** The options of a choice in one language, a line each. A line that is left empty leaves that language out. */
export function optionsIn(question: Question, locale: string): string {
  return (question.options ?? []).map((option) => option[locale] ?? '').join('\n');
}

export function withOptions(question: Question, locale: string, text: string): Record<string, string>[] {
  const lines = text.split('\n');
  const before = question.options ?? [];
  const count = Math.max(lines.length, before.length);
  const options = Array.from({ length: count }, (_, i) => ({ ...before[i], [locale]: lines[i] ?? '' }));
  while (options.length && Object.values(options.at(-1) ?? {}).every((said) => said === '') && options.length > lines.length) options.pop();
  return options;
}
