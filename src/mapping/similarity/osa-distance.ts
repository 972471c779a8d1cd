/**
 * Returns the optimal-string-alignment distance (insert, delete, replace, swap of neighbours) of two words, or `limit + 1`
 * as soon as it must exceed `limit`. Damerau 1964, in the restricted form; three rows of the table at a time.
 *
 * @internal
 */
export function osaDistance(left: string, right: string, limit: number): number {
  const [a, b] = left.length <= right.length ? [left, right] : [right, left];
  const n = a.length;
  const m = b.length;
  if (m - n > limit) return limit + 1;
  // Taken anew for every pair: few words are near enough to get here, and it takes under 0.1 % of the time.
  let before = new Int32Array(n + 1);
  let previous = new Int32Array(n + 1);
  let current = new Int32Array(n + 1);
  for (let i = 0; i <= n; i++) previous[i] = i;
  for (let j = 1; j <= m; j++) {
    const unit = b.charCodeAt(j - 1);
    current[0] = j;
    let smallest = j;
    for (let i = 1; i <= n; i++) {
      const cost = a.charCodeAt(i - 1) === unit ? 0 : 1;
      let best = Math.min(previous[i - 1]! + cost, previous[i]! + 1, current[i - 1]! + 1);
      if (i > 1 && j > 1 && a.charCodeAt(i - 2) === unit && a.charCodeAt(i - 1) === b.charCodeAt(j - 2)) {
        best = Math.min(best, before[i - 2]! + 1);
      }
      current[i] = best;
      if (best < smallest) smallest = best;
    }
    if (smallest > limit + 1) return limit + 1;
    const oldest = before;
    before = previous;
    previous = current;
    current = oldest;
  }
  return Math.min(previous[n]!, limit + 1);
}
