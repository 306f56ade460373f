import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { Form as Asked, Question } from '../wire';
import { Again } from './Again';
import css from './form.css?inline';
import { formWords } from './formWords';
import { drawn, Icon } from './Icon';
import { useTalk } from './talk';
import { useForm } from './useForm';

const KEYBOARD = { name: 'name', email: 'email', phone: 'tel', text: '', choice: '', consent: '' } as const;

/** What is asked before one can write. What was typed outlives a reload. */
export function Form({ asks, takesFocus }: { asks: Asked; takesFocus: boolean }): JSX.Element {
  const { locale, texts } = useTalk();
  const words = formWords(locale);
  const form = useRef<HTMLFormElement>(null);
  const { values, problems, set, submit, attempts } = useForm(asks);

  useLayoutEffect(() => {
    // On a touch screen the keyboard would cover what is asked.
    if (takesFocus && !matchMedia('(pointer: coarse)').matches) form.current?.querySelector<HTMLElement>('.input')?.focus();
  }, []);
  useLayoutEffect(() => {
    if (attempts) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);

  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{texts(asks.intro) || words.formIntro}</p>
      {asks.questions.map((question) => (
        <Field
          key={question.id}
          question={question}
          value={values[question.id] ?? ''}
          problem={problems[question.id] ?? null}
          onSet={(value) => { set(question, value); }}
        />
      ))}
      <button type="submit" class="btn primary wide">
        {words.formStart}
      </button>
    </form>
  );
}

interface FieldProps {
  question: Question;
  value: string;
  problem: string | null;
  onSet: (value: string) => void;
}

function Field(props: FieldProps): JSX.Element {
  const words = formWords(useTalk().locale);
  const { question, problem } = props;
  const id = `hl-${question.id}`;
  if (question.kind === 'consent') return <Consent {...props} />;
  return (
    <div class="field">
      <label for={id}>
        <Label question={question} />
        {!question.required && <span class="opt">{words.formOptional}</span>}
      </label>
      <Control {...props} />
      <Problem id={`${id}-e`} text={problem} />
    </div>
  );
}

function Label({ question }: { question: Question }): JSX.Element {
  const { locale, texts } = useTalk();
  const words = formWords(locale);
  const { kind } = question;
  const usual = kind === 'name' || kind === 'email' || kind === 'phone' ? words[`form_${kind}`] : '';
  return <>{texts(question.labels) || usual}</>;
}

function Control({ question, value, problem, onSet }: FieldProps): JSX.Element {
  const { locale, texts } = useTalk();
  const words = formWords(locale);
  const { kind, required } = question;
  const id = `hl-${question.id}`;
  const shared = {
    id,
    class: 'input',
    value,
    'aria-invalid': problem !== null,
    'aria-required': required,
    'aria-describedby': problem ? `${id}-e` : undefined,
    onInput: (event: Event) => {
      onSet((event.currentTarget as HTMLInputElement).value);
    },
  };
  if (kind === 'text') return <textarea rows={2} dir="auto" maxLength={2000} {...shared} />;
  if (kind !== 'choice') {
    const type = kind === 'phone' ? 'tel' : kind === 'email' ? 'email' : 'text';
    return <input type={type} dir={kind === 'name' ? 'auto' : undefined} autoComplete={KEYBOARD[kind]} maxLength={254} {...shared} />;
  }
  return (
    <span class="select">
      <select {...shared}>
        <option value="">{words.formChoose}</option>
        {question.options.map((option) => (
          <option key={texts(option)} value={texts(option)}>
            {texts(option)}
          </option>
        ))}
      </select>
      {drawn('chevrons', 'M7.5 15l4.5 4.5 4.5-4.5M7.5 9L12 4.5 16.5 9', 'small')}
    </span>
  );
}

function Consent({ question, value, problem, onSet }: FieldProps): JSX.Element {
  const words = formWords(useTalk().locale);
  const id = `hl-${question.id}`;
  return (
    <div class="field">
      <div class="consent">
        <input
          id={id}
          type="checkbox"
          checked={value === 'yes'}
          aria-invalid={problem !== null}
          aria-describedby={problem ? `${id}-e` : undefined}
          onChange={(event) => { onSet(event.currentTarget.checked ? 'yes' : ''); }}
        />
        <span>
          <label for={id}>
            <Label question={question} />
          </label>{' '}
          {question.url && (
            <a href={question.url} target="_blank" rel="noopener noreferrer">
              {words.formPrivacy}
            </a>
          )}
        </span>
      </div>
      <Problem id={`${id}-e`} text={problem} />
    </div>
  );
}

function Problem({ id, text }: { id: string; text: string | null }): JSX.Element | null {
  if (!text) return null;
  return (
    <p id={id} class="problem">
      <Icon name="alert" size="small" />
      {text}
    </p>
  );
}

export { Again, css };
