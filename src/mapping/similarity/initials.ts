/**
 * Returns how well a short text reads as the initials of some words, 0..1: every letter must come from the words in
 * order, word starts count fully, letters inside a word half, and telling words that are skipped cost. Dynamic
 * programming over (letter, word).
 *
 * @internal
 */
export function initialsSimilarity(
  acronym: string,
  words: readonly string[],
  weights: ArrayLike<number>,
): number {
  const letters = acronym.length;
  if (letters < 2 || letters > 12 || words.length < 2) return 0;
  let reached: Float64Array = new Float64Array(letters + 1).fill(-1);
  reached[0] = 0;
  let total = 0;
  for (let w = 0; w < words.length; w++) {
    const word = words[w]!;
    const weight = weights[w]!;
    total += weight;
    const next = new Float64Array(letters + 1).fill(-1);
    for (let at = 0; at <= letters; at++) {
      const value = reached[at]!;
      if (value < 0) continue;
      if (value > next[at]!) next[at] = value;
      takeWord(acronym, word, weight, at, value, next);
    }
    reached = next;
  }
  const found = reached[letters]!;
  return found <= 0 || total === 0 ? 0 : Math.min(1, found / total);
}

/** Letters beyond the first that one word may give: "NExSci" takes two of "exoplanet". */
const MOST_LETTERS_PER_WORD = 4;

function takeWord(
  acronym: string,
  word: string,
  weight: number,
  at: number,
  value: number,
  next: Float64Array,
): void {
  for (let taken = 1; taken <= MOST_LETTERS_PER_WORD && at + taken <= acronym.length; taken++) {
    if (acronym.charCodeAt(at + taken - 1) !== word.charCodeAt(taken - 1)) break;
    const gain = value + weight * (taken === 1 ? 1 : 0.85 - 0.05 * taken);
    if (gain > next[at + taken]!) next[at + taken] = gain;
  }
}
