import { ASYNC_MATCHER } from '../../measure.ts';
import type { SetResult } from '../accuracy.ts';
import type { ScalingRow } from '../scaling.ts';
import type { SearchRecall } from '../search-recall.ts';
import { percent, whole } from '../tables.ts';
import type { Goal } from './goal.ts';

/** How many times as fast as these peers on lists of a usual size. */
const TIMES_AS_FAST = [
  ['fuse.js', 150],
  ['fuzzball token_sort', 45],
  ['fuzzball token_set', 45],
] as const;

/** Goals for lists of a usual size. */
export function usualGoals(usual: SetResult): Goal[] {
  const peers = TIMES_AS_FAST.flatMap(([peer, goal]): Goal[] => {
    const lines = usual.peers.filter(({ matcher }) => matcher === peer);
    const slowestGain = Math.min(...lines.map(({ ms, oursMs }) => ms / (oursMs ?? usual.ours.ms)));
    return lines.length === 0
      ? []
      : [[`times as fast as ${peer} on it`, `at least ${goal}`, slowestGain.toFixed(0)]];
  });
  return [[`milliseconds for ${usual.set}`, 'under 300', whole(usual.ours.ms)], ...peers];
}

/** Goals for the largest lists that were measured, and for how time grows up to there. */
export function scalingGoals(scaling: readonly ScalingRow[]): Goal[] {
  const rowOf = (id: string) => scaling.find(({ matcher }) => matcher === id);
  const ours = rowOf('halo-psa 1');
  const largest = Math.max(0, ...(ours?.bySize.keys() ?? []));
  const oursThere = ours?.bySize.get(largest);
  const baselineThere = (rowOf('tfidf3.mjs') ?? rowOf('TF-IDF trigrams'))?.bySize.get(largest);
  const holdMs = rowOf(ASYNC_MATCHER)?.bySize.get(largest)?.longestHoldMs;
  const goals: Goal[] = [];
  if (ours && oursThere) {
    if (baselineThere)
      goals.push([
        `time at ${whole(largest)}, as a share of the baseline's`,
        'at most 20.0',
        percent(oursThere.ms / baselineThere.ms),
      ]);
    goals.push([`megabytes at ${whole(largest)}`, 'at most 600', whole(oursThere.peakMegabytes)]);
    goals.push(['growth exponent from 10,000 on', 'at most 1.30', ours.exponent?.toFixed(2) ?? 'n/a']);
  }
  if (holdMs !== undefined)
    goals.push([
      `longest hold of the event loop at ${whole(largest)}, in milliseconds`,
      'at most 16',
      holdMs.toFixed(1),
    ]);
  return goals;
}

/** Goals for what the search keeps: at the size where it promises to be exact, and at the largest. */
export function recallGoals(recalls: readonly SearchRecall[]): Goal[] {
  return recalls.map(({ customers, organizations, keptOfTen, identical }, at) => {
    const sample = `${whole(organizations)} of ${whole(customers)}`;
    return at === 0
      ? [`same best ten as the search without pruning, ${sample}`, '100.0', percent(identical)]
      : [
          `best ten of the search without pruning that are kept, ${sample}`,
          'at least 99.5',
          percent(keptOfTen),
        ];
  });
}
