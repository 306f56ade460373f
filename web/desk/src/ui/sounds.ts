import type { Sound } from '../api/types';

/** [Hertz, seconds from the beginning, seconds long]: made here, so that nothing has to be loaded. */
type Heard = Exclude<Sound, 'off'> | 'ring';
const TONES: Record<Heard, readonly (readonly [number, number, number])[]> = {
  chime: [
    [784, 0, 0.25],
    [1047, 0.12, 0.4],
  ],
  knock: [
    [196, 0, 0.09],
    [196, 0.15, 0.09],
  ],
  drop: [[1319, 0, 0.16]],
  // Of an offer: longer than the others, and again and again.
  ring: [
    [659, 0, 0.35],
    [880, 0.2, 0.35],
    [659, 0.5, 0.35],
    [880, 0.7, 0.6],
  ],
};

let context: AudioContext | null = null;

/** Browsers keep silent until the page was touched or a key was pressed; from then on it may be heard. */
function unlock(): void {
  context ??= new AudioContext();
  void context.resume();
}
addEventListener('pointerdown', unlock, { once: true });
addEventListener('keydown', unlock, { once: true });

/** Whether a sound of this window would be heard. */
export const isAudible = () => context?.state === 'running';

/** Plays one of the sounds, volume in per cent. Before the first touch nothing is heard. */
export function play(sound: Sound | 'ring', volume: number): void {
  if (sound === 'off' || volume <= 0 || !context || !isAudible()) return;
  for (const [hertz, after, length] of TONES[sound]) {
    const begin = context.currentTime + after;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.frequency.value = hertz;
    gain.gain.setValueAtTime((volume / 100) * 0.4, begin);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + length);
    tone.connect(gain).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + length);
  }
}
