/**
 * Tables are plain texts, for people to read and extend. They are read at the first question: loading the package should
 * cost next to nothing. The order of the words in a line means nothing, but for what stands first where a table says so;
 * a new word may stand anywhere. In long lines it is an order that compresses well.
 */

/**
 * Returns a function that makes a value when it is first called, and gives the same one from then on.
 *
 * @internal
 */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * The same for a pattern: a literal that names classes of Unicode takes a third of a millisecond while a file is loaded,
 * used or not.
 *
 * @internal
 */
export function pattern(source: string, flags: string): () => RegExp {
  return lazy(() => new RegExp(source, flags));
}

/**
 * Returns a function that tells whether a word is in a list.
 *
 * @param list words with a space (or another separator) between them
 * @internal
 */
export function oneOf(list: string, separator = ' '): (word: string) => boolean {
  const words = lazy(() => new Set(list.split(separator)));
  return (word) => words().has(word);
}

/**
 * Returns a function that tells in which line of a table a word stands: 1 for the first, 0 for none.
 *
 * @param table lines of words with spaces (or other separators) between them
 * @internal
 */
export function lineOf(table: string, separator = ' '): (word: string) => number {
  const lines = lazy(() => {
    const found = new Map<string, number>();
    for (const [at, words] of readLines(table, separator).entries())
      for (const word of words) found.set(word, at + 1);
    return found;
  });
  return (word) => lines().get(word) ?? 0;
}

/**
 * Returns what stands first in the line of each word of a table, by word.
 *
 * @param from where in a line the words begin: 1 where what stands first is none of them
 * @internal
 */
export function readHeads(table: string, separator = ' ', from = 0): Map<string, string> {
  const heads = new Map<string, string>();
  for (const words of readLines(table, separator))
    for (const word of words.slice(from)) heads.set(word, words[0]!);
  return heads;
}

function readLines(table: string, separator: string): string[][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split(separator));
}

/**
 * Returns a function that tells whether a domain is in a table of names by what follows them: "de:web gmx co.uk:o2" has
 * web.de, gmx.de and o2.co.uk.
 *
 * @internal
 */
export function domainIn(table: string): (domain: string) => boolean {
  const domains = lazy(() => {
    let end = '';
    return new Set(
      table.split(' ').map((entry) => {
        const [name, nextEnd = end] = entry.split(':').reverse();
        end = nextEnd;
        return `${name}.${end}`;
      }),
    );
  });
  return (domain) => domains().has(domain);
}

/**
 * Reads letters and what stands for each: "æae øo" is "ae" for "æ" and "o" for "ø".
 *
 * @param keyLength letters that are replaced together
 * @internal
 */
export function readLetters(table: string, keyLength = 1): Map<string, string> {
  return new Map(table.split(' ').map((entry) => [entry.slice(0, keyLength), entry.slice(keyLength)]));
}
