import { type AssignmentGraph, join, rootOf, singletons } from './assign-graph.ts';
import { NumberHeap } from './assign-heap.ts';
import { NUMBERS_PER_STEP } from './slices.ts';

/**
 * Assigns the organizations of oversized components, heaviest pair first, and marks those among which only the input
 * order could choose: within one weight, a cluster of pairs that share a partner is one tie, and its members leave
 * the game together. The total, with ties counted as if they were broken in any way that leaves no pair of a cluster
 * possible, is at least half the best possible (each pair taken displaces at most two pairs, neither heavier).
 *
 * @internal
 */
export function* assignGreedily(
  graph: AssignmentGraph,
  isOversized: (organization: number) => boolean,
  customerOf: Int32Array,
  tieGroup: Int32Array,
): Generator<void, void> {
  const { start, customer, weight } = graph;
  const organizationOfEdge = new Int32Array(customer.length);
  const heap = new NumberHeap();
  let sinceYield = 0;
  for (let o = 0; o < graph.organizationCount; o++) {
    if (o % NUMBERS_PER_STEP === 0) yield;
    if (!isOversized(o)) continue;
    for (let e = start[o]!; e < start[o + 1]!; e++) {
      if (++sinceYield % NUMBERS_PER_STEP === 0) yield;
      organizationOfEdge[e] = o;
      heap.push(-weight[e]!, e);
    }
  }
  const organizationGone = new Uint8Array(graph.organizationCount);
  const customerGone = new Uint8Array(graph.customerCount);
  const cluster = yield* singletons(graph.organizationCount);
  const seenWith = new Int32Array(graph.customerCount).fill(-1);
  while (heap.size > 0) {
    const level = heap.minKey;
    const pairs: number[] = [];
    while (heap.minKey === level) {
      const e = heap.pop();
      if (++sinceYield % NUMBERS_PER_STEP === 0) yield;
      if (!organizationGone[organizationOfEdge[e]!] && !customerGone[customer[e]!]) pairs.push(e);
    }
    settleLevel(pairs, organizationOfEdge, customer, cluster, seenWith, customerOf, tieGroup);
    for (const e of pairs) {
      organizationGone[organizationOfEdge[e]!] = 1;
      customerGone[customer[e]!] = 1;
    }
    yield;
  }
}

/** Takes the pairs of one weight that stand alone; the others tie. */
function settleLevel(
  pairs: readonly number[],
  organizationOfEdge: Int32Array,
  customer: Int32Array,
  cluster: Int32Array,
  seenWith: Int32Array,
  customerOf: Int32Array,
  tieGroup: Int32Array,
): void {
  for (const e of pairs) {
    const o = organizationOfEdge[e]!;
    const c = customer[e]!;
    if (seenWith[c] === -1) seenWith[c] = o;
    else join(cluster, seenWith[c]!, o);
  }
  // Per cluster: the edge that stands for its one pair, or -1 once there is a second, different pair.
  const onlyPair = new Map<number, number>();
  for (const e of pairs) {
    const root = rootOf(cluster, organizationOfEdge[e]!);
    const known = onlyPair.get(root) ?? e;
    const same =
      known !== -1 && organizationOfEdge[known] === organizationOfEdge[e] && customer[known] === customer[e];
    onlyPair.set(root, same ? known : -1);
  }
  for (const e of pairs) {
    const o = organizationOfEdge[e]!;
    const root = rootOf(cluster, o);
    if (onlyPair.get(root) === -1) tieGroup[o] = root;
    else customerOf[o] = customer[e]!;
  }
}
