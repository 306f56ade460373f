/** Two soft tones, a fourth apart: pitch and when it begins. */
const TONES = [
  [660, 0],
  [880, 0.12],
] as const;
const LENGTH = 0.35;
const LOUDNESS = 0.08;
let context: AudioContext | null = null;

/** Made here: no file has to be fetched for it, and no policy of the page can forbid one. */
export function chime(): void {
  try {
    const audio = (context ??= new AudioContext());
    // Browsers allow no sound before the visitor has touched the page; then there is none.
    audio.resume().catch(() => undefined);
    for (const [pitch, after] of TONES) {
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      const from = audio.currentTime + after;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, from);
      volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + LENGTH);
      tone.connect(volume).connect(audio.destination);
      tone.start(from);
      tone.stop(from + LENGTH);
    }
  } catch {
    // No sound on this device.
  }
}
