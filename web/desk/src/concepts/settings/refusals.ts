import { useI18n } from 'vue-i18n';
import type { Problem } from '../../api/client';
import { useProblemText } from '../../ui';

export type Refusals = Record<string, string>;

/** What stands under the fields of a form: the server's refusals in our words, and what is left empty. */
export function useRefusals() {
  const { t, te } = useI18n();
  const problemText = useProblemText();
  const known = (key: string) => (te(key) ? t(key) : null);
  const isEmpty = (value: unknown) => value === null || value === undefined || String(value).trim() === '';

  /** The server describes a wrong shape for programmers; a person is told what to do about this field. */
  function ofShape(field: string, value: unknown): string {
    if (isEmpty(value)) return t('settings.refusal.empty');
    return known(`settings.refusal.shape.${field}`) ?? t('settings.refusal.shape.other');
  }

  function refusalsOf(problem: Problem, valueOf: (field: string) => unknown): Refusals {
    const told = problem.errors.length ? problem.errors : problem.field ? [{ field: problem.field, detail: problem.detail }] : [];
    const sentence = (field: string, detail: string) => {
      if (problem.code === 'invalid_request') return ofShape(field, valueOf(field));
      if (problem.code === 'unknown_reference' && isEmpty(valueOf(field))) return t('settings.refusal.empty');
      return known(`settings.refusal.${problem.code}`) ?? detail;
    };
    return Object.fromEntries(told.map(({ field, detail }) => [field, sentence(field, detail)]));
  }

  function emptyOnes(required: readonly string[], valueOf: (field: string) => unknown): Refusals {
    return Object.fromEntries(required.filter((field) => isEmpty(valueOf(field))).map((field) => [field, t('settings.refusal.empty')]));
  }

  /** What belongs to no field, said above the form. */
  const sentenceOf = (problem: Problem) => known(`settings.refusal.${problem.code}`) ?? problemText(problem);

  return { refusalsOf, emptyOnes, sentenceOf };
}
