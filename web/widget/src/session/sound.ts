import type { Keep } from '../kept/keep';

const NAME = 'sound';
/** Two soft tones, a fourth apart: pitch and when it begins. */
const TONES = [
  [660, 0],
  [880, 0.12],
] as const;
const LENGTH = 0.35;
const LOUDNESS = 0.08;

/** The sound of an answer, made here so that nothing has to be fetched. The visitor's wish is kept. */
export class Sound {
  #context: AudioContext | null = null;

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
    try {
      const context = (this.#context ??= new AudioContext());
      // Browsers allow no sound before the visitor has touched the page; then there is none.
      void context.resume().catch(() => undefined);
      for (const [pitch, after] of TONES) {
        const [tone, volume] = [context.createOscillator(), context.createGain()];
        const from = context.currentTime + after;
        tone.frequency.value = pitch;
        volume.gain.setValueAtTime(0, from);
        volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.0001, from + LENGTH);
        tone.connect(volume).connect(context.destination);
        tone.start(from);
        tone.stop(from + LENGTH);
      }
    } catch {
      // No sound on this device.
    }
  }

  static concerns(name: string): boolean {
    return name === NAME;
  }
}
