/** We say at most this often that we are writing. */
const EVERY = 3_000;
/** An agent of whom nothing more is heard has stopped. */
const LASTS = 6_000;

/** Who is writing just now, on either side. */
export class Typing {
  /** The name of the agent who is writing. */
  by: string | null = null;
  #said = 0;
  #end: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly tell: () => void,
    readonly changed: () => void,
  ) {}

  /** The visitor pressed a key. */
  key(now: number): void {
    if (now - this.#said < EVERY) return;
    this.#said = now;
    this.tell();
  }

  /** What was being written is sent: the next word is news again. */
  sent(): void {
    this.#said = 0;
  }

  heard(name: string): void {
    this.#set(name);
    this.#end = setTimeout(() => {
      this.stop();
    }, LASTS);
  }

  stop(): void {
    if (this.by !== null) this.#set(null);
  }

  #set(by: string | null): void {
    clearTimeout(this.#end);
    this.by = by;
    this.changed();
  }
}
