/**
 * What stands in the composer when another desk of the same agent kept something meanwhile: from the last version both
 * knew, mine and theirs. Never loses a word; where both went on, theirs stands first.
 */
export function mergeText(base: string, mine: string, theirs: string): string {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  // Theirs was sent or thrown away; what I added to it since is still to be said.
  if (!theirs.trim()) return mine.startsWith(base) ? mine.slice(base.length).trimStart() : mine;
  if (mine.startsWith(theirs)) return mine;
  if (theirs.startsWith(mine)) return theirs;
  return `${theirs}\n${mine}`;
}

/** By id: what either added stays, what either took away is gone. */
export function mergeFiles<T extends { id: string }>(base: readonly T[], mine: readonly T[], theirs: readonly T[]): T[] {
  const has = (list: readonly T[], one: T) => list.some((other) => other.id === one.id);
  const kept = theirs.filter((one) => has(mine, one) || !has(base, one));
  return [...kept, ...mine.filter((one) => !has(theirs, one) && !has(base, one))];
}
