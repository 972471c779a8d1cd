/**
 * Returns a bit for every letter of a word: two words with few letters in common need no comparison. Other scripts share
 * the 32 bits.
 *
 * @internal
 */
export function letterMask(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) & 31);
  return mask;
}
