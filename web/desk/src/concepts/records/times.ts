import type { RecordOut } from '../../api/types';

/** How long the service took, or has taken so far. */
export function recordSeconds(record: RecordOut, now: number): number {
  return between(record.started_at, record.ended_at, now);
}

/** The three figures of a record in seconds; null where that part has not begun. */
export function figuresOf(record: RecordOut, now: number) {
  const talkedUntil = record.conversation_ended_at;
  return {
    waited: record.waited_seconds,
    service: between(record.started_at, talkedUntil ?? record.ended_at, now),
    wrapUp: talkedUntil ? between(talkedUntil, record.ended_at, now) : null,
  };
}

function between(from: string, to: string | null, now: number): number {
  return Math.max(0, ((to ? Date.parse(to) : now) - Date.parse(from)) / 1000);
}
