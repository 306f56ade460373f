import type { Component } from 'vue';
import { fits } from './fuzzy';

/** A line of the palette: something to do or a place to go to. */
export interface Entry {
  id: string;
  text: string;
  icon?: Component | undefined;
  hint?: string | undefined;
  keys?: string | undefined;
  run: () => void;
}

export interface Section {
  /** A key of the locale files; empty for what needs no heading. */
  name: string;
  entries: readonly Entry[];
}

const MOST = 10;
const RECENT = 5;

/** The ids of what was chosen in this browser window, the latest first. */
const chosen: string[] = [];

export function remember(id: string): void {
  const at = chosen.indexOf(id);
  if (at >= 0) chosen.splice(at, 1);
  chosen.unshift(id);
  chosen.splice(20);
}

export function forgetChosen(): void {
  chosen.length = 0;
}

/** Without a question: what was used lately, then all there is. With one: what fits best, what was used lately a little nearer. */
export function sectionsOf(query: string, here: readonly Entry[], places: readonly Entry[]): Section[] {
  const all = [...here, ...places];
  if (!query.trim()) {
    const recent = chosen.flatMap((id) => all.find((one) => one.id === id) ?? []).slice(0, RECENT);
    const rest = (entries: readonly Entry[]) => entries.filter((one) => !recent.includes(one));
    return filled([
      { name: 'app.palette.recent', entries: recent },
      { name: 'app.palette.here', entries: rest(here) },
      { name: 'app.palette.places', entries: rest(places) },
    ]);
  }
  const scored = all.flatMap((entry) => {
    const score = fits(query, entry.text);
    return score === null ? [] : [{ entry, score: score + (chosen.includes(entry.id) ? 1 : 0) }];
  });
  scored.sort((a, b) => b.score - a.score);
  return filled([{ name: '', entries: scored.slice(0, MOST).map((one) => one.entry) }]);
}

export const filled = (sections: readonly Section[]) => sections.filter((section) => section.entries.length > 0);
