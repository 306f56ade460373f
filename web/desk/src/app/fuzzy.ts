/**
 * How well a text fits what was typed, or null: every word of the question must be found, whole or as letters in order.
 * Beginnings of words count most, then runs of letters; a short text is nearer than a long one.
 */
export function fits(query: string, text: string): number | null {
  const lower = text.toLocaleLowerCase();
  let sum = 0;
  for (const word of query.toLocaleLowerCase().split(/\s+/).filter(Boolean)) {
    const score = wordFits([...word], lower);
    if (score === null) return null;
    sum += score;
  }
  return sum - text.length / 100;
}

const begins = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]!);

function wordFits(letters: readonly string[], text: string): number | null {
  const word = letters.join('');
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (begins(text, at)) return 10 + letters.length;
  if (text.includes(word)) return 5 + letters.length;
  let score = 0;
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at < 0) return null;
    if (begins(text, at)) score += 1;
    else if (at > from && from > 0) score -= 0.5;
    from = at + letter.length;
  }
  // Letters strewn over a long text are there by chance.
  return score > 0 ? score : null;
}
