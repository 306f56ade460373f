import { useState } from 'preact/hooks';

import type { Answers, Form, Question } from '../wire';
import { problemWith } from './answering';
import { formWords } from './formWords';
import { useTalk } from './talk';

interface FormState {
  values: Answers;
  problems: Record<string, string>;
  /** How often it was sent off with something wrong in it. */
  attempts: number;
  set(question: Question, value: string): void;
  submit(): void;
}

function kept(text: string): Answers {
  try {
    return JSON.parse(text || '{}') as Answers;
  } catch {
    return {};
  }
}

/** The form while it is filled in. A problem is told when one wants to go on, and goes away as soon as it is mended. */
export function useForm(asks: Form): FormState {
  const { locale, session } = useTalk();
  const [values, setValues] = useState(() => kept(session.draft('form')));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [attempts, setAttempts] = useState(0);

  return {
    values,
    problems,
    attempts,
    set(question, value) {
      const next = { ...values, [question.id]: value };
      setValues(next);
      session.draft('form', JSON.stringify(next));
      if (problems[question.id] && !problemWith(question, value)) {
        setProblems(Object.fromEntries(Object.entries(problems).filter(([id]) => id !== question.id)));
      }
    },
    submit() {
      const found = asks.questions.flatMap((question): [string, string][] => {
        const problem = problemWith(question, values[question.id] ?? '');
        return problem ? [[question.id, formWords(locale)[problem]]] : [];
      });
      setProblems(Object.fromEntries(found));
      if (found.length) {
        setAttempts(attempts + 1);
        return;
      }
      const answers = asks.questions.map(({ id }): [string, string] => [id, (values[id] ?? '').trim()]);
      session.draft('form', '');
      session.answer(Object.fromEntries(answers));
    },
  };
}
