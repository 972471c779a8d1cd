/** Slow, obvious versions of the similarity functions, written from their definitions. */

/** Optimal string alignment by the full table. */
export function slowOsa(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const options = [
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      ];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        options.push(table[i - 2]![j - 2]! + 1);
      table[i]![j] = Math.min(...options);
    }
  }
  return table[a.length]![b.length]!;
}

/** Jaro-Winkler with lists of matched letters. */
export function slowJaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const fromA: string[] = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      if (Math.abs(i - j) > reach || taken.has(j) || a[i] !== b[j]) continue;
      taken.add(j);
      fromA.push(a[i]!);
      break;
    }
  }
  const fromB = [...taken].sort((x, y) => x - y).map((j) => b[j]!);
  const m = fromA.length;
  if (m === 0) return 0;
  const transpositions = fromA.filter((letter, at) => letter !== fromB[at]).length / 2;
  const jaro = (m / a.length + m / b.length + (m - transpositions) / m) / 3;
  let prefix = 0;
  while (prefix < Math.min(4, a.length, b.length) && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Best share of the words' weight that the letters of an acronym can be read from, by trying every way. */
export function slowInitials(acronym: string, words: readonly string[], weights: readonly number[]): number {
  if (acronym.length < 2 || acronym.length > 12 || words.length < 2) return 0;
  const best = (at: number, word: number): number => {
    if (word === words.length) return at === acronym.length ? 0 : Number.NEGATIVE_INFINITY;
    let value = best(at, word + 1);
    for (let taken = 1; taken <= 4; taken++) {
      const letters = acronym.slice(at, at + taken);
      if (letters.length < taken || !words[word]!.startsWith(letters)) break;
      const gain = weights[word]! * (taken === 1 ? 1 : 0.85 - 0.05 * taken);
      value = Math.max(value, gain + best(at + taken, word + 1));
    }
    return value;
  };
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const found = best(0, 0);
  return found > 0 && total > 0 ? Math.min(1, found / total) : 0;
}
