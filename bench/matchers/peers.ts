import { createRequire } from 'node:module';
import UFuzzy from '@leeoniya/ufuzzy';
import { Searcher } from 'fast-fuzzy';
import Fuse from 'fuse.js';
import * as fuzzball from 'fuzzball';
import MiniSearch from 'minisearch';
import { stringSimilarity } from 'string-similarity-js';
import { allPairs, type Matcher } from '../lib/matcher.ts';

// talisman is CommonJS without types.
const jaroWinkler: (a: string, b: string) => number = createRequire(import.meta.url)(
  'talisman/metrics/jaro-winkler',
);

const fuse: Matcher = {
  id: 'fuse.js',
  prepare(customers) {
    const index = new Fuse(customers, { includeScore: true, ignoreLocation: true });
    return (name) => {
      const best = index.search(name, { limit: 1 })[0];
      return best ? { index: best.refIndex, score: 1 - (best.score ?? 1) } : null;
    };
  },
};

const fastFuzzy: Matcher = {
  id: 'fast-fuzzy',
  prepare(customers) {
    const items = customers.map((name, index) => ({ name, index }));
    const searcher = new Searcher(items, { keySelector: ({ name }) => name, returnMatchData: true });
    return (name) => {
      const best = searcher.search(name)[0];
      return best ? { index: best.item.index, score: best.score } : null;
    };
  },
};

/** uFuzzy ranks without a score; the share of the customer's name that was typed stands in for one. */
const uFuzzy: Matcher = {
  id: 'uFuzzy',
  prepare(customers) {
    const haystack = [...customers];
    const finder = new UFuzzy({ intraMode: 1 });
    return (name) => {
      const [, info, order] = finder.search(haystack, name, 1, 1e5);
      // Without a hit the lists are empty and `info` has no `idx`, whatever its type says.
      const index = info?.idx?.[order?.[0] ?? -1];
      if (index === undefined) return null;
      return { index, score: Math.min(1, name.length / haystack[index]!.length) };
    };
  },
};

const minisearch: Matcher = {
  id: 'minisearch',
  prepare(customers) {
    const index = new MiniSearch<{ id: number; name: string }>({ fields: ['name'] });
    index.addAll(customers.map((name, id) => ({ id, name })));
    return (name) => {
      const best = index.search(name, { fuzzy: 0.2, prefix: true })[0];
      return best ? { index: best.id as number, score: best.score } : null;
    };
  },
};

// fuzzball cleans both names on each comparison by default; it is spared that here.
const processed = { full_process: false };
const fullProcess = (name: string) => fuzzball.full_process(name, { force_ascii: false });
const fuzzballMatcher = (id: string, scorer: (a: string, b: string, options: object) => number): Matcher =>
  allPairs(id, (a, b) => scorer(a, b, processed), fullProcess);

/** The libraries people reach for, with the settings their documentation suggests for whole names. */
export const PEERS: readonly Matcher[] = [
  minisearch,
  uFuzzy,
  allPairs('talisman Jaro-Winkler', jaroWinkler),
  allPairs('string-similarity dice', (a, b) => stringSimilarity(a, b)),
  fastFuzzy,
  fuzzballMatcher('fuzzball token_sort', fuzzball.token_sort_ratio),
  fuzzballMatcher('fuzzball token_set', fuzzball.token_set_ratio),
  fuse,
  fuzzballMatcher('fuzzball WRatio', fuzzball.WRatio),
];
