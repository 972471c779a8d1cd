/** Letters are folded to 6 bits, so that a gram of three is a number below 2^18. */
const LETTER_BITS = 6;

/** Number of different grams. @internal */
export const GRAM_CODES = 1 << (3 * LETTER_BITS);

/** Number of different gaps: the last letter of a word with the first letter of the next. @internal */
export const GAP_CODES = 1 << (2 * LETTER_BITS);

/** Returns the 6-bit code of a letter: space 0, a-z 1-26, digits 27-36, all other scripts share 37-63. @internal */
export function letterCode(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit - 96;
  if (unit >= 48 && unit <= 57) return unit - 21;
  if (unit === 32) return 0;
  return 37 + (unit % 27);
}

/**
 * Writes the grams of a word with a space on either side, as many as it has letters; returns the position behind them.
 *
 * @internal
 */
export function writeGrams(word: string, codes: Int32Array, at: number): number {
  let gram = letterCode(word.charCodeAt(0));
  for (let i = 1; i <= word.length; i++) {
    const next = i < word.length ? letterCode(word.charCodeAt(i)) : 0;
    gram = ((gram << LETTER_BITS) | next) & (GRAM_CODES - 1);
    codes[at++] = gram;
  }
  return at;
}

/** Returns the gap between letters of these codes. @internal */
export function gapOf(last: number, first: number): number {
  return (last << LETTER_BITS) | first;
}

/** Returns the gram of a gap: a letter, a space, a letter. @internal */
export function gramOfGap(gap: number): number {
  return ((gap >> LETTER_BITS) << (2 * LETTER_BITS)) | (gap & ((1 << LETTER_BITS) - 1));
}

/** Returns the gap of a gram, or -1 for a gram within a word: no word has a space in its middle. @internal */
export function gapOfGram(gram: number): number {
  if (((gram >> LETTER_BITS) & ((1 << LETTER_BITS) - 1)) !== 0) return -1;
  return gapOf(gram >> (2 * LETTER_BITS), gram & ((1 << LETTER_BITS) - 1));
}
