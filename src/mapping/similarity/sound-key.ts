/** Letters that other scripts do not tell apart, by the one that stands for them. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/(?!^)s[aeiou]*$/, ''],
  [/ph/g, 'p'],
  [/[sc]h|c(?=[eiy])|[zj]/g, 's'],
  [/x/g, 'ks'],
  [/[cqg]/g, 'k'],
  [/[bfv]/g, 'p'],
  [/d/g, 't'],
  [/^r/, 'l'],
  [/(?!^)[lr]|[aeiouwyh]/g, ''],
  [/(.)\1+/g, '$1'],
];

/** The longest name of one word in another script has fewer consonants; longer names are found by their letters. */
const MOST_LETTERS = 40;

/**
 * Returns the consonants of a name as a script without Latin letters keeps them: "starbucks" and "sutabakkusu" (from
 * kana) are "stpk". L and R count at the start only; an S at the end does not count, since it may be a plural. '' where
 * fewer than three are left.
 *
 * @param squashed the folded name without spaces
 * @internal
 */
export function soundKey(squashed: string): string {
  let key = squashed.slice(0, MOST_LETTERS);
  for (const [letters, sound] of ALIKE) key = key.replace(letters, sound);
  return key.length < 3 ? '' : key;
}
