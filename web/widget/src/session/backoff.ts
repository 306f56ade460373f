const FIRST = 800;
const LONGEST = 30_000;

/**
 * How long to wait before attempt number `attempt` (from 0). Half is fixed and half is chance: after a restart of the
 * server, the visitors must not all come back in the same moment.
 */
export function backoff(attempt: number, chance: () => number = Math.random): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 16));
  return whole / 2 + (whole / 2) * chance();
}
