import { watch } from 'vue';
import { api } from '../../api/client';
import type { CannedResponseOut } from '../../api/types';
import { askAgainFor, replaceAll } from '../../live/apply';
import { pool } from '../../live/entities';
import { onReload, reloadHasBegun } from '../../live/load';
import { me } from '../session';

async function load(): Promise<void> {
  replaceAll('canned_response', await api.get<CannedResponseOut[]>('/api/canned-responses'));
}

let timer: ReturnType<typeof setTimeout> | undefined;
/** Somebody who shares a text tells every desk at once; these need not all come back in the same moment. */
function loadSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void load().catch(() => {}), pool.canned_response.size ? Math.random() * 1500 : 0);
}

onReload(load);
if (reloadHasBegun()) loadSoon();
askAgainFor('canned_response', loadSoon);
watch(
  () => me.value?.team_ids.join(),
  (now, before) => {
    if (now !== undefined && before !== undefined) loadSoon();
  },
);

/** Counts that it was inserted; nothing depends on it, so nothing waits for it. */
export function countUse(id: string): void {
  void api.post(`/api/canned-responses/${id}/use`).catch(() => {});
}

export interface Match {
  row: CannedResponseOut;
  rank: number;
}

/** What fits what is typed after the slash, the best first: by shortcut, by title, by a word inside; then by use. */
export function matching(rows: Iterable<CannedResponseOut>, query: string, language: string): CannedResponseOut[] {
  const sought = query.toLocaleLowerCase();
  const found: Match[] = [];
  for (const row of rows) {
    const rank = row.active ? rankOf(row, sought) : 0;
    if (rank > 0) found.push({ row, rank: rank + (row.language === language ? 0.5 : row.language === '' ? 0.25 : 0) });
  }
  const order = (one: Match, other: Match) =>
    other.rank - one.rank || other.row.used - one.row.used || one.row.title.localeCompare(other.row.title);
  return found.sort(order).map((match) => match.row);
}

function rankOf(row: CannedResponseOut, sought: string): number {
  if (!sought) return 1;
  const title = row.title.toLocaleLowerCase();
  if (row.shortcut.startsWith(sought)) return 5;
  if (title.startsWith(sought)) return 4;
  if (title.split(/\s+/).some((word) => word.startsWith(sought))) return 3;
  if (row.shortcut.includes(sought) || title.includes(sought)) return 2;
  return sought.length > 2 && row.text.toLocaleLowerCase().includes(sought) ? 1 : 0;
}
