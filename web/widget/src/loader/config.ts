import type { Config } from '../wire';
import type { Snippet } from './snippet';

const WAITS = [0, 2_000, 10_000, 60_000];

const pause = (time: number): Promise<void> => new Promise((go) => setTimeout(go, time));

/** Null: this page may not show the widget, or no such channel exists. A server that is away is waited for. */
export async function fetchConfig({ origin, key }: Snippet, isWanted: () => boolean): Promise<Config | null> {
  for (let attempt = 0; isWanted(); attempt++) {
    await pause(WAITS[Math.min(attempt, WAITS.length - 1)] ?? 0);
    const response = await fetch(`${origin}/api/webchat/${encodeURIComponent(key)}`, { credentials: 'omit' }).catch(() => null);
    if (response?.ok) return (await response.json()) as Config;
    if (response && response.status < 500 && response.status !== 429) {
      const problem = (await response.json()) as { detail?: string };
      // Whoever puts the snippet on a page must be able to find out why no chat appears.
      // eslint-disable-next-line no-console
      console.warn(`Helpline: ${problem.detail ?? String(response.status)}`);
      return null;
    }
  }
  return null;
}
