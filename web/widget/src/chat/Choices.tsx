import type { JSX } from 'preact';

import { useTalk } from './talk';

/** The answers that the agent offers: what is tapped is written. */
export function Choices({ of }: { of: readonly string[] }): JSX.Element {
  const { session, say } = useTalk();
  return (
    <div class="choices" role="group" aria-label={say('choices')}>
      {of.map((choice) => (
        <button
          key={choice}
          type="button"
          class="btn"
          onClick={(event) => {
            // They are about to go: who came by the keyboard goes on where the answer stands.
            event.currentTarget.closest<HTMLElement>('.log')?.focus();
            session.write(choice, []);
          }}
        >
          <bdi>{choice}</bdi>
        </button>
      ))}
    </div>
  );
}
