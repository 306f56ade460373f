import type { Question } from '../wire';
import type { FormText } from './formWords';

const EMAIL = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/;
const PHONE = /^\+?[\d\s().\-/]{4,40}$/;

/** Why an answer will not do, in a word of ours; null when it will. The server looks at it once more. */
export function problemWith({ kind, required }: Question, value: string): FormText | null {
  const said = value.trim();
  if (!said) return !required ? null : kind === 'consent' ? 'formNeedsConsent' : kind === 'choice' ? 'formNeedsChoice' : 'formEmpty';
  if (kind === 'email' && !EMAIL.test(said)) return /^[^@\s]+@[^@\s.]+$/.test(said) ? 'formEmailDot' : 'formEmail';
  if (kind === 'phone' && (!PHONE.test(said) || said.replace(/\D/g, '').length < 4)) return 'formPhone';
  return null;
}
