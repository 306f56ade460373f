import type { Command } from '../ui/commands';
import type { ALL_KEYS } from './allKeys';

export interface KeyLine {
  name: string;
  label?: string | undefined;
  keys: string;
}

export interface KeyGroup {
  name: string;
  /** Of the page that is open, or of every page. */
  isHere: boolean;
  lines: KeyLine[];
}

/** The keys of the open page first, then those that work everywhere, then those of the other pages one may open. */
export function keyGroups(here: readonly Command[], pages: typeof ALL_KEYS, open: readonly string[]): KeyGroup[] {
  const found = new Map<string, KeyLine[]>();
  for (const { name, label, keys, group = 'app.everywhere' } of here) {
    const [first] = keys?.split(',') ?? [];
    if (first) add(found, group, { name, label, keys: first });
  }
  const opened = pages.filter(({ group }) => found.has(group)).map(({ page }) => page);
  const present = [...found.keys(), ...pages.filter(({ page }) => opened.includes(page)).map(({ group }) => group)];
  for (const { page, group, keys } of pages) {
    if (open.includes(page)) for (const [name, stroke] of keys) add(found, group, { name, keys: stroke });
  }
  const rank = (group: string) => (!present.includes(group) ? 2 : group.startsWith('app.') && group !== 'app.inbox' ? 1 : 0);
  return [...found].map(([name, lines]) => ({ name, lines, isHere: present.includes(name) })).sort((a, b) => rank(a.name) - rank(b.name));
}

function add(groups: Map<string, KeyLine[]>, group: string, line: KeyLine): void {
  const lines = groups.get(group) ?? [];
  if (!lines.some((one) => one.name === line.name && one.label === line.label)) lines.push(line);
  groups.set(group, lines);
}
