import type { Keep } from '../kept/keep';
import type { Answers, Conversation, Form, Question, Visitor } from '../wire';
import type { Entry } from './outbox';

const NAME = 'form';
/** Asked once of each visitor; the rest before every conversation. */
const STANDING = new Set<Question['kind']>(['name', 'email', 'phone', 'consent']);
const REFUSALS = ['form_missing', 'bad_answer'];

/** The form was changed since this page was loaded, or somebody cleared what this browser keeps. */
export function isAboutForm(entry: Entry): boolean {
  return entry.failed !== null && REFUSALS.includes(entry.failed.code);
}

/** The form before a conversation: whether it is to be shown, and what was answered until a message takes it along. */
export class Asking {
  constructor(
    readonly keep: Keep,
    readonly whole: Form | null,
  ) {}

  answers(): Answers | null {
    try {
      return JSON.parse(this.keep.get(NAME) ?? 'null') as Answers | null;
    } catch {
      return null;
    }
  }

  keepAnswers(form: Answers): void {
    this.keep.set(NAME, JSON.stringify(form));
  }

  /** An open conversation has taken the answers in: the next one asks again. */
  opened(conversation: Conversation | null): void {
    if (conversation && conversation.state !== 'closed' && this.keep.get(NAME)) this.keep.remove(NAME);
  }

  /** What has to be asked now. Somebody known (`hasToken`) is asked only when it is clear what is still to be asked. */
  form(visitor: Visitor | null, conversation: Conversation | null, entries: readonly Entry[], hasToken: boolean): Form | null {
    if (!this.whole) return null;
    if (!entries.some(isAboutForm)) {
      const isOpen = conversation !== null && conversation.state !== 'closed';
      if (isOpen || entries.length || this.answers() || (hasToken && !visitor)) return null;
    }
    const questions = this.whole.questions.filter(({ id, kind }) => !(STANDING.has(kind) && visitor?.answered.includes(id)));
    return questions.length ? { ...this.whole, questions } : null;
  }
}
