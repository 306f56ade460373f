/** How long the other windows of an agent may be late, and still leave it to the one that told. */
const KEPT = 15_000;
const SOON = 150;
const LATER = 600;

const wait = (time: number) => new Promise((done) => setTimeout(done, time));

/**
 * Whether this window is the one that tells of something. The window that has the focus comes first, then those that
 * may be heard. Where the browser has no locks, over plain http, each window tells for itself.
 */
export async function claim(mark: string, isFit: boolean): Promise<boolean> {
  if (!navigator.locks) return true;
  if (!document.hasFocus()) await wait(isFit ? SOON : LATER);
  return new Promise((answer) => {
    void navigator.locks.request(`helpline ${mark}`, { ifAvailable: true }, async (lock) => {
      answer(lock !== null);
      if (lock) await wait(KEPT);
    });
  });
}
