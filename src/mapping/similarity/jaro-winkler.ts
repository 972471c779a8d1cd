/** Winkler's bonus for a common start: a tenth per letter, four letters at most. */
const PREFIX_BONUS = 0.1;
const PREFIX_LETTERS = 4;

const WORD_BITS = 32;

/**
 * The Jaro-Winkler similarity of texts, 0..1 (Winkler 1990). Holds memory that is used again from pair to pair.
 *
 * @internal
 */
export class JaroWinkler {
  /** Bit for each place of a letter in the right text, by the low bits of the letter; none between two pairs. */
  readonly #places = new Int32Array(256);

  /** Returns the similarity of two texts. */
  similarity(left: string, right: string): number {
    if (left === right) return 1;
    const isShort = left.length <= WORD_BITS && right.length <= WORD_BITS;
    const jaro = isShort ? this.#jaroByBits(left, right) : jaroByFlags(left, right);
    let prefix = 0;
    const most = Math.min(PREFIX_LETTERS, left.length, right.length);
    while (prefix < most && left.charCodeAt(prefix) === right.charCodeAt(prefix)) prefix++;
    return jaro + prefix * PREFIX_BONUS * (1 - jaro);
  }

  /** Pairs each letter with the first free one of its kind within reach; the places on either side are bits of a number. */
  #jaroByBits(left: string, right: string): number {
    const places = this.#places;
    const reach = reachOf(left, right);
    for (let j = 0; j < right.length; j++) places[right.charCodeAt(j) & LOW_BITS]! |= 1 << j;
    let leftBits = 0;
    let free = -1;
    let matches = 0;
    for (let i = 0; i < left.length; i++) {
      const unit = left.charCodeAt(i);
      const window = bitsFrom(i - reach) & ~bitsFrom(i + reach + 1);
      for (let bits = places[unit & LOW_BITS]! & free & window; bits !== 0; bits &= bits - 1) {
        const j = lowestBit(bits);
        if (right.charCodeAt(j) !== unit) continue;
        free &= ~(1 << j);
        leftBits |= 1 << i;
        matches++;
        break;
      }
    }
    for (let j = 0; j < right.length; j++) places[right.charCodeAt(j) & LOW_BITS] = 0;
    let swapped = 0;
    for (let rightBits = ~free; leftBits !== 0; leftBits &= leftBits - 1, rightBits &= rightBits - 1)
      if (left.charCodeAt(lowestBit(leftBits)) !== right.charCodeAt(lowestBit(rightBits))) swapped++;
    return jaroOf(left, right, matches, swapped);
  }
}

const LOW_BITS = 255;

/** All bits from this one on. */
function bitsFrom(bit: number): number {
  return bit <= 0 ? -1 : bit >= WORD_BITS ? 0 : -1 << bit;
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** The same for longer texts, which few names are: it takes memory of its own. */
function jaroByFlags(left: string, right: string): number {
  const reach = reachOf(left, right);
  const isLeftUsed = new Uint8Array(left.length);
  const isRightUsed = new Uint8Array(right.length);
  let matches = 0;
  for (let i = 0; i < left.length; i++) {
    const unit = left.charCodeAt(i);
    const end = Math.min(right.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (isRightUsed[j] !== 0 || right.charCodeAt(j) !== unit) continue;
      isRightUsed[j] = 1;
      isLeftUsed[i] = 1;
      matches++;
      break;
    }
  }
  let swapped = 0;
  for (let i = 0, j = 0; i < left.length; i++) {
    if (isLeftUsed[i] === 0) continue;
    while (isRightUsed[j] === 0) j++;
    if (left.charCodeAt(i) !== right.charCodeAt(j++)) swapped++;
  }
  return jaroOf(left, right, matches, swapped);
}

/** How far apart letters may stand that are the same one. */
function reachOf(left: string, right: string): number {
  return Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1);
}

function jaroOf(left: string, right: string, matches: number, swapped: number): number {
  if (matches === 0) return 0;
  return (matches / left.length + matches / right.length + (matches - swapped / 2) / matches) / 3;
}
