import { drain } from '../../../bench/lib/drain.ts';
import { ENTRY_LIMITS, type EntryLimits } from '../../../src/mapping/gram-entries.ts';
import type { GramHits } from '../../../src/mapping/gram-hits.ts';
import { buildGramIndex } from '../../../src/mapping/gram-index.ts';
import { GramSearch, SEARCH_LIMITS, type SearchLimits } from '../../../src/mapping/gram-search.ts';
import { rowsOf } from '../../../src/mapping/rows.ts';

/** Makes a search over texts, with the limits of the engine but for those given. */
export function searchOver(
  texts: readonly string[],
  limits: Partial<EntryLimits & SearchLimits> = {},
): GramSearch {
  const numbers = new Map<string, number>();
  const documents = drain(
    rowsOf(texts, (text) =>
      text.split(' ').map((word) => {
        if (!numbers.has(word)) numbers.set(word, numbers.size);
        return numbers.get(word)!;
      }),
    ),
  );
  const index = drain(buildGramIndex([...numbers.keys()], documents, { ...ENTRY_LIMITS, ...limits }));
  return new GramSearch(index, { ...SEARCH_LIMITS, ...limits });
}

/** Scores every document, skipping none. */
export function fullSearch(index: GramSearch, texts: readonly string[], query: string, wanted: number) {
  index.ask(query.split(' '));
  return texts
    .map((_, document) => ({ document, score: index.similarity(document) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.document - b.document)
    .slice(0, wanted);
}

/** Searches as the engine does. */
export function search(
  index: GramSearch,
  query: string,
  wanted: number,
  leastBeside?: (hits: GramHits) => number,
) {
  const hits = GramSearch.hits(wanted);
  index.ask(query === '' ? [] : query.split(' '));
  index.findBest(wanted, hits, leastBeside);
  return Array.from({ length: hits.count }, (_, i) => ({
    document: hits.documents[i]!,
    score: hits.scores[i]!,
  }));
}
