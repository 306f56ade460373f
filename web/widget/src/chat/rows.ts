import type { Turn } from '../parts';

export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'by'; key: string; at: string; name: string }
  | { kind: 'here'; key: string; name: string }
  | { kind: 'ended'; key: string; at: string }
  | { kind: 'turn'; key: string; turn: Turn; showsState: boolean };

/** After so long a silence the name and the time are said again. */
const PAUSE = 10 * 60_000;

const dayOf = (at: string): string => new Date(at).toDateString();

/** The lines of the log: days, names and states stand only where they say something new. */
export function rows(turns: readonly Turn[], now: Date): Row[] {
  const made: Row[] = [];
  // Of what the server has, the newest says how far it has come, and the newest that was read says that.
  const last = turns.findLast((turn) => turn.mine && turn.message)?.key;
  const lastRead = turns.findLast((turn) => turn.state === 'read')?.key;
  let day = now.toDateString();
  let author = '';
  let spoke = 0;
  turns.forEach((turn, i) => {
    if (dayOf(turn.at) !== day) {
      day = dayOf(turn.at);
      made.push({ kind: 'day', key: `day ${day}`, at: turn.at });
    }
    const event = turn.message?.event;
    if (event) {
      const name = event.agent_name ?? turn.message?.name;
      // Where the workspace says who is there now, in words of its own, the line would say it twice.
      const isSaid = turns[i + 1]?.message?.by === 'system';
      if (event.name === 'assigned' && name && !isSaid) made.push({ kind: 'here', key: turn.key, name });
      if (event.name === 'closed') made.push({ kind: 'ended', key: turn.key, at: turn.at });
      author = '';
      return;
    }
    const by = turn.mine ? ' ' : (turn.message?.name ?? '');
    const at = Date.parse(turn.at);
    if (!turn.mine && by && (by !== author || at - spoke > PAUSE)) made.push({ kind: 'by', key: `by ${turn.key}`, at: turn.at, name: by });
    author = by;
    spoke = at;
    const isLastOfItsKind = turns[i + 1]?.state !== turn.state;
    const isTold = turn.message ? turn.key === last || turn.key === lastRead : turn.state === 'failed' || isLastOfItsKind;
    const showsState = turn.mine && isTold;
    made.push({ kind: 'turn', key: turn.key, turn, showsState });
  });
  return made;
}
