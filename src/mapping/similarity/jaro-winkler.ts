/** Winkler's bonus for a common start: a tenth per letter, four letters at most. */
const PREFIX_BONUS = 0.1;
const PREFIX_LETTERS = 4;

/**
 * Returns the Jaro-Winkler similarity of two texts, 0..1 (Winkler 1990).
 *
 * @internal
 */
export function jaroWinkler(left: string, right: string): number {
  const jaro = jaroSimilarity(left, right);
  let prefix = 0;
  const most = Math.min(PREFIX_LETTERS, left.length, right.length);
  while (prefix < most && left.charCodeAt(prefix) === right.charCodeAt(prefix)) prefix++;
  return jaro + prefix * PREFIX_BONUS * (1 - jaro);
}

function jaroSimilarity(left: string, right: string): number {
  if (left === right) return 1;
  const n = left.length;
  const m = right.length;
  if (n === 0 || m === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(n, m) / 2) - 1);
  const usedLeft = new Uint8Array(n);
  const usedRight = new Uint8Array(m);
  let matches = 0;
  for (let i = 0; i < n; i++) {
    const unit = left.charCodeAt(i);
    const end = Math.min(m - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (usedRight[j] !== 0 || right.charCodeAt(j) !== unit) continue;
      usedLeft[i] = 1;
      usedRight[j] = 1;
      matches++;
      break;
    }
  }
  if (matches === 0) return 0;
  let swapped = 0;
  for (let i = 0, j = 0; i < n; i++) {
    if (usedLeft[i] === 0) continue;
    while (usedRight[j] === 0) j++;
    if (left.charCodeAt(i) !== right.charCodeAt(j)) swapped++;
    j++;
  }
  return (matches / n + matches / m + (matches - swapped / 2) / matches) / 3;
}
