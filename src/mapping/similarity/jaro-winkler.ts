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
  const pairLetters = n <= WORD_BITS && m <= WORD_BITS ? pairByBits : pairByFlags;
  const matches = pairLetters(left, right, reach);
  if (matches === 0) return 0;
  let swapped = 0;
  for (let i = 0; i < matches; i++)
    if (left.charCodeAt(leftAt[i]!) !== right.charCodeAt(rightAt[i]!)) swapped++;
  return (matches / n + matches / m + (matches - swapped / 2) / matches) / 3;
}

const WORD_BITS = 32;

/** Where the letters with a partner stand, in order, on either side: memory used again from pair to pair. */
let leftAt = new Int32Array(WORD_BITS);
let rightAt = new Int32Array(WORD_BITS);
/** Bit for each place of a letter in the right text, by the low bits of the letter. */
const places = new Int32Array(256);
const LOW_BITS = places.length - 1;

/** Pairs each letter with the first free one of its kind within reach; the places on the right are bits of a number. */
function pairByBits(left: string, right: string, reach: number): number {
  const m = right.length;
  for (let j = 0; j < m; j++) places[right.charCodeAt(j) & LOW_BITS]! |= 1 << j;
  let free = -1;
  let matches = 0;
  for (let i = 0; i < left.length; i++) {
    const unit = left.charCodeAt(i);
    const window = bitsFrom(i - reach) & ~bitsFrom(i + reach + 1);
    for (let bits = places[unit & LOW_BITS]! & free & window; bits !== 0; bits &= bits - 1) {
      const j = 31 - Math.clz32(bits & -bits);
      if (right.charCodeAt(j) !== unit) continue;
      free &= ~(1 << j);
      leftAt[matches++] = i;
      break;
    }
  }
  let used = 0;
  for (let j = 0; j < m; j++) {
    if ((free & (1 << j)) === 0) rightAt[used++] = j;
    places[right.charCodeAt(j) & LOW_BITS] = 0;
  }
  return matches;
}

/** All bits from this one on. */
function bitsFrom(bit: number): number {
  return bit <= 0 ? -1 : bit >= WORD_BITS ? 0 : -1 << bit;
}

/** The same for longer texts. */
function pairByFlags(left: string, right: string, reach: number): number {
  const n = left.length;
  const m = right.length;
  if (leftAt.length < Math.max(n, m)) {
    leftAt = new Int32Array(2 * Math.max(n, m));
    rightAt = new Int32Array(2 * Math.max(n, m));
  }
  const isUsed = new Uint8Array(m);
  let matches = 0;
  for (let i = 0; i < n; i++) {
    const unit = left.charCodeAt(i);
    const end = Math.min(m - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (isUsed[j] !== 0 || right.charCodeAt(j) !== unit) continue;
      isUsed[j] = 1;
      leftAt[matches++] = i;
      break;
    }
  }
  for (let j = 0, used = 0; j < m; j++) if (isUsed[j] !== 0) rightAt[used++] = j;
  return matches;
}
