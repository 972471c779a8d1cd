import type { Matcher } from '../lib/matcher.ts';

const GRAM = 3;

interface Postings {
  readonly customers: number[];
  readonly weights: number[];
}

/**
 * The baseline: cosine of TF-IDF weighted character trigrams over an inverted index. Not a library, but what one would
 * write in an afternoon, and better than every string library on most sets.
 */
export const tfidfTrigrams: Matcher = {
  id: 'TF-IDF trigrams',
  prepare(customers, organizations) {
    const customerGrams = customers.map(gramsOf);
    const frequency = new Map<string, number>();
    for (const grams of [...customerGrams, ...organizations.map(gramsOf)]) {
      for (const gram of grams.keys()) frequency.set(gram, (frequency.get(gram) ?? 0) + 1);
    }
    const names = customers.length + organizations.length;
    const vector = (grams: ReadonlyMap<string, number>) => {
      const entries = [...grams].map(([gram, count]): [string, number] => [
        gram,
        count * (Math.log((1 + names) / (1 + (frequency.get(gram) ?? 0))) + 1),
      ]);
      const norm = Math.hypot(...entries.map(([, weight]) => weight)) || 1;
      return entries.map(([gram, weight]): [string, number] => [gram, weight / norm]);
    };
    const index = new Map<string, Postings>();
    customerGrams.forEach((grams, customer) => {
      for (const [gram, weight] of vector(grams)) {
        let postings = index.get(gram);
        if (!postings) {
          postings = { customers: [], weights: [] };
          index.set(gram, postings);
        }
        postings.customers.push(customer);
        postings.weights.push(weight);
      }
    });
    const packed = new Map(
      [...index].map(([gram, postings]) => [
        gram,
        { customers: Int32Array.from(postings.customers), weights: Float64Array.from(postings.weights) },
      ]),
    );
    const sums = new Float64Array(customers.length);
    const touched = new Int32Array(customers.length);
    return (name) => {
      let count = 0;
      for (const [gram, weight] of vector(gramsOf(name))) {
        const postings = packed.get(gram);
        if (!postings) continue;
        for (let at = 0; at < postings.customers.length; at++) {
          const customer = postings.customers[at]!;
          if (sums[customer] === 0) touched[count++] = customer;
          sums[customer]! += weight * postings.weights[at]!;
        }
      }
      let best = -1;
      let score = 0;
      for (let at = 0; at < count; at++) {
        const customer = touched[at]!;
        if (sums[customer]! > score) {
          score = sums[customer]!;
          best = customer;
        }
        sums[customer] = 0;
      }
      return best === -1 ? null : { index: best, score };
    };
  },
};

function gramsOf(name: string): Map<string, number> {
  const padded = ` ${name.toLowerCase()} `;
  const grams = new Map<string, number>();
  for (let at = 0; at + GRAM <= padded.length; at++) {
    const gram = padded.slice(at, at + GRAM);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  return grams;
}
