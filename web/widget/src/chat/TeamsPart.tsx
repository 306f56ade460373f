import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { Team } from '../wire';
import { useTalk } from './talk';
import css from './teams.css?inline';
import { teamsWords } from './teamsWords';

export { css };

/** Whom they would like to talk to: a button for each team, until one was chosen. */
export function Teams({ of }: { of: readonly Team[] }): JSX.Element {
  const { session, locale } = useTalk();
  const words = teamsWords(locale);
  const [problem, setProblem] = useState('');
  const [isSending, setSending] = useState(false);

  async function choose(button: HTMLButtonElement, team_id: string): Promise<void> {
    if (isSending) return;
    setSending(true);
    // The card is about to go: who came by the keyboard goes on where the answer will stand.
    const log = button.closest<HTMLElement>('.log');
    const refused = await session.tell('team', { team_id });
    setProblem(refused === null ? '' : words[refused] ?? words.failed ?? '');
    setSending(false);
    if (refused === null) log?.focus();
  }

  return (
    <fieldset class="teams" aria-busy={isSending}>
      <legend>{words.title}</legend>
      {of.map((team) => (
        <button key={team.id} type="button" class="btn" aria-disabled={isSending} onClick={(event) => void choose(event.currentTarget, team.id)}>
          <bdi>{team.name}</bdi>
        </button>
      ))}
      <p role="alert" class="hint">{problem}</p>
    </fieldset>
  );
}
