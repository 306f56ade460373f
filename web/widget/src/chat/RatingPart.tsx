import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { RatingCard } from '../wire';
import css from './rating.css?inline';
import { ratingWords } from './ratingWords';
import { useTalk } from './talk';

export { css };

const STARS = [1, 2, 3, 4, 5];

/** What they thought of it: stars, what may be ticked beside them, and a word of their own. */
export function Rating({ asks }: { asks: RatingCard }): JSX.Element {
  const { session, texts, locale } = useTalk();
  const words = ratingWords(locale);
  const [stars, setStars] = useState(0);
  const [ticked, setTicked] = useState<readonly number[]>([]);
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);

  async function send(): Promise<void> {
    setSending(true);
    const refused = await session.tell('rating', { stars, comment, reasons: ticked });
    setProblem(refused === null ? '' : words[refused] ?? words.failed ?? '');
    setSending(false);
  }

  return (
    <form
      class="card rating"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset class="stars">
        <legend>{words.title}</legend>
        <div>
          {STARS.map((n) => (
            <label key={n} data-on={n <= stars}>
              <input class="vh" type="radio" name="stars" value={n} checked={n === stars} onChange={() => { setStars(n); }} />
              <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 3.2l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1-5.4-3-5.4 3 1.1-6.1L3.2 9.6l6.1-.8z" /></svg>
              <span class="vh">{(n === 1 ? words.star : words.stars)?.replace('{n}', String(n))}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {stars > 0 && (
        <>
          {asks.reasons.length > 0 && (
            <div class="why">
              {asks.reasons.map((reason, at) => (
                <label key={at} data-on={ticked.includes(at)}>
                  <input class="vh" type="checkbox" checked={ticked.includes(at)} onChange={() => { setTicked(ticked.includes(at) ? ticked.filter((one) => one !== at) : [...ticked, at]); }} />
                  {texts(reason)}
                </label>
              ))}
            </div>
          )}
          <textarea rows={2} maxLength={2000} aria-label={words.comment} placeholder={words.comment} value={comment} onInput={(event) => { setComment(event.currentTarget.value); }} />
          <button type="submit" class="btn" disabled={isSending}>{words.send}</button>
        </>
      )}
      <p role="alert" class="hint">{problem}</p>
    </form>
  );
}
