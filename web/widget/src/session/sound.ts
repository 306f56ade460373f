import type { Keep } from '../kept/keep';

const NAME = 'sound';
/** The sound of an answer, unless the visitor wants none; their wish is kept. */
export class Sound {
  constructor(
    readonly keep: Keep,
    readonly isUsual: boolean,
  ) {}

  get isMuted(): boolean {
    const wish = this.keep.get(NAME);
    return wish ? wish === 'off' : !this.isUsual;
  }

  mute(isMuted: boolean): void {
    this.keep.set(NAME, isMuted ? 'off' : 'on');
    if (!isMuted) this.#play();
  }

  /** Once, however many tabs hear the same answer. */
  ring(name: string): void {
    if (this.isMuted) return;
    const locks = navigator.locks as LockManager | undefined;
    if (!locks) {
      this.#play();
      return;
    }
    const turn = async (lock: Lock | null): Promise<void> => {
      if (!lock) return;
      this.#play();
      await new Promise((go) => setTimeout(go, 1_000));
    };
    locks.request(`helpline:ring:${name}`, { ifAvailable: true }, turn).catch(() => undefined);
  }

  #play(): void {
    import('./tones').then(({ chime }) => { chime(); }, () => undefined);
  }
}
