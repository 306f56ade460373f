import type { JSX } from 'preact';

import { useTalk } from './talk';

/** More dots than this would only be a line. */
const MOST = 8;

export function Place({ position }: { position: number | null }): JSX.Element {
  const { say } = useTalk();
  const number = position && position > 0 ? position : null;
  return (
    <section class="card" aria-label={say('place')}>
      {number && (
        <>
          <div class="place">
            <b aria-hidden="true">{number}</b>
            <p>{say(number === 1 ? 'next' : 'number', { n: number })}</p>
          </div>
          <div aria-hidden="true">
            <div class="people">
              {Array.from({ length: Math.min(number, MOST) + 1 }, (_, i) => (
                <i key={i} />
              ))}
            </div>
            <p class="people-key">
              <span>{say('scaleAgent')}</span>
              <span>{say('scaleYou')}</span>
            </p>
          </div>
        </>
      )}
      <p class="hint">{say('keepWriting')}</p>
    </section>
  );
}
