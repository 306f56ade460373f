import type { Keep } from '../kept/keep';
import { watchPage } from './page';

export interface Surroundings {
  /** The network is back, or the visitor is. */
  back(): void;
  /** The network is gone, or the page is put away. */
  away(): void;
  looked(): void;
  page(): void;
  /** Another tab of the same visitor changed this stored value. */
  stored(name: string): void;
}

/** Everything the session hears from the browser. Returns how to stop listening. */
export function watchSurroundings(keep: Keep, on: Surroundings): () => void {
  const leaving: (() => void)[] = [];
  const listen = (target: EventTarget, name: string, act: () => void): void => {
    target.addEventListener(name, act);
    leaving.push(() => {
      target.removeEventListener(name, act);
    });
  };
  listen(window, 'online', on.back);
  listen(window, 'offline', on.away);
  // An open socket would keep the host's page out of the back-forward cache.
  listen(window, 'pagehide', on.away);
  listen(window, 'pageshow', on.back);
  listen(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible') on.back();
    on.looked();
  });
  leaving.push(watchPage(on.page), keep.watch(on.stored));
  return () => {
    for (const leave of leaving) leave();
  };
}
