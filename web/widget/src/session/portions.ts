/** What the server takes in one message. */
const MOST_TEXT = 10_000;
const MOST_FILES = 10;

export interface Portion<File> {
  text: string;
  files: readonly File[];
}

/** A text that is too long for one message is cut at a line or a word and goes in several; so do many files. */
export function portions<File>(text: string, files: readonly File[]): Portion<File>[] {
  const made: Portion<File>[] = [];
  let rest = text;
  while (rest.length > MOST_TEXT) {
    const head = rest.slice(0, MOST_TEXT);
    const end = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
    const cut = end > MOST_TEXT / 2 ? end : MOST_TEXT - (/[\uD800-\uDBFF]$/.test(head) ? 1 : 0);
    made.push({ text: rest.slice(0, cut), files: [] });
    rest = rest.slice(cut).trimStart();
  }
  made.push({ text: rest, files: files.slice(0, MOST_FILES) });
  for (let i = MOST_FILES; i < files.length; i += MOST_FILES) made.push({ text: '', files: files.slice(i, i + MOST_FILES) });
  return made;
}
