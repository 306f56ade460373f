/** A piece of a canned response: as it was written, or filled in. */
export interface Piece {
  text: string;
  filled: boolean;
}

export type Values = Readonly<Record<string, string | null | undefined>>;

/** `$ContactName` and the like filled in; a word that means nothing, or of which nothing is known, stays as it is written. */
export function pieces(text: string, values: Values): Piece[] {
  const found: Piece[] = [];
  let last = 0;
  for (const match of text.matchAll(/\$([A-Za-z]+)/g)) {
    const value = Object.hasOwn(values, match[1]!) ? values[match[1]!] : null;
    if (!value) continue;
    if (match.index > last) found.push({ text: text.slice(last, match.index), filled: false });
    found.push({ text: value, filled: true });
    last = match.index + match[0].length;
  }
  if (last < text.length) found.push({ text: text.slice(last), filled: false });
  return found;
}

export const fill = (text: string, values: Values): string => pieces(text, values).map((piece) => piece.text).join('');

/** The first of several words; a name in one script without spaces is not taken apart. */
export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? '';

/** What can be filled in; the settings page names them. */
export const VARIABLES = [
  'ContactName',
  'ContactFirstName',
  'ContactEmail',
  'ContactCompany',
  'AgentName',
  'AgentFirstName',
  'ChannelName',
  'WorkspaceName',
  'RecordNumber',
] as const;
