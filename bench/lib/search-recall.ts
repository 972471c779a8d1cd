import { type GramHits, insertHit } from '../../src/mapping/gram-hits.ts';
import { buildGramIndex } from '../../src/mapping/gram-index.ts';
import { GramSearch } from '../../src/mapping/gram-search.ts';
import { parseName } from '../../src/mapping/parse-name.ts';
import { rowsOf } from '../../src/mapping/rows.ts';
import type { NamedRow } from '../labelled-sets.ts';
import { drain } from './drain.ts';
import { spreadSample } from './spread-sample.ts';

/** How much of what the search without pruning finds the search finds as well. */
export interface SearchRecall {
  readonly customers: number;
  readonly organizations: number;
  /** Of the best ten of each organization; a customer of equal score counts for another. */
  readonly keptOfTen: number;
  /** Organizations whose best ten are the same, in the same order. */
  readonly identical: number;
}

const WANTED = 10;
/** Organizations asked about, spread over the list. */
const SAMPLE = 2000;
/** Scores are sums of single-precision numbers. */
const ROUNDING = 1e-6;

/** Compares the search of the engine with the same search without pruning, on names as the engine reads them. */
export function measureSearchRecall(
  organizations: readonly NamedRow[],
  customers: readonly NamedRow[],
): SearchRecall {
  const numbers = new Map<string, number>();
  const numberOf = (word: string) => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  };
  const documents = drain(rowsOf(customers, ({ name }) => wordsOf(name).map(numberOf)));
  const index = drain(buildGramIndex([...numbers.keys()], documents));
  const search = new GramSearch(index);
  const asked = spreadSample(organizations, SAMPLE);
  let wanted = 0;
  let kept = 0;
  let identical = 0;
  for (const { name } of asked) {
    const best = fullSearch(search, customers.length, wordsOf(name));
    const found = bestOf(search, wordsOf(name));
    const least = (best.at(-1)?.score ?? 0) - ROUNDING;
    wanted += best.length;
    kept += found.filter(({ score }) => score >= least).length;
    if (JSON.stringify(best) === JSON.stringify(found)) identical++;
  }
  return {
    customers: customers.length,
    organizations: asked.length,
    keptOfTen: wanted === 0 ? 1 : kept / wanted,
    identical: identical / asked.length,
  };
}

function wordsOf(name: string): readonly string[] {
  return parseName(name).variants[0]?.words ?? [];
}

/** Scores every customer, skipping none. */
function fullSearch(search: GramSearch, customers: number, words: readonly string[]) {
  const hits = GramSearch.hits(WANTED);
  search.ask(words);
  for (let document = 0; document < customers; document++)
    insertHit(hits, WANTED, document, search.similarity(document));
  return listed(hits);
}

function bestOf(search: GramSearch, words: readonly string[]): { document: number; score: number }[] {
  const hits = GramSearch.hits(WANTED);
  search.ask(words);
  search.findBest(WANTED, hits);
  return listed(hits);
}

function listed(hits: GramHits): { document: number; score: number }[] {
  return Array.from({ length: hits.count }, (_, at) => ({
    document: hits.documents[at]!,
    score: hits.scores[at]!,
  }));
}
