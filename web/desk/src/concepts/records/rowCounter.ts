const [NEWLINE, QUOTE] = [10, 34];

/** Counts the rows in a file that comes in pieces: in CSV, lines within quotes belong to a cell, and the first row is the head. */
export function rowCounter(kind: 'csv' | 'jsonl'): (chunk: Uint8Array) => number {
  let quoted = false;
  let lines = kind === 'csv' ? -1 : 0;
  return (chunk) => {
    for (const byte of chunk) {
      if (byte === QUOTE && kind === 'csv') quoted = !quoted;
      else if (byte === NEWLINE && !quoted) lines += 1;
    }
    return Math.max(0, lines);
  };
}
