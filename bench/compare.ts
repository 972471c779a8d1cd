/**
 * Runs one other matcher on one set in a process of its own, and the engine beside it, and prints one line of JSON.
 * Started by `bench/mapping.ts`; by hand: `node bench/compare.ts --data <folder> --set sp500-sec --matcher fuse.js --names raw`.
 */
import { parseArgs } from 'node:util';
import { comparePeer } from './lib/accuracy.ts';
import { PEER_BUDGET, setsToCompare } from './lib/compared-sets.ts';
import { PEERS } from './matchers/peers.ts';
import { tfidfTrigrams } from './matchers/tfidf-trigrams.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    set: { type: 'string' },
    matcher: { type: 'string' },
    names: { type: 'string', default: 'raw' },
  },
});
const set = setsToCompare(values.data).find(({ name }) => name === values.set);
const matcher = [tfidfTrigrams, ...PEERS].find(({ id }) => id === values.matcher);
if (!set || !matcher) throw new Error(`there is no set "${values.set}" or no matcher "${values.matcher}"`);
if (values.names !== 'raw' && values.names !== 'cleaned') throw new Error('--names is raw or cleaned');
console.log(JSON.stringify(comparePeer(set, matcher, values.names, PEER_BUDGET)));
