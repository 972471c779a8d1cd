import { type AssignmentGraph, buildAssignmentGraph } from './assign-graph.ts';
import { assignGreedily } from './assign-greedy.ts';
import { AugmentingSearch } from './assign-search.ts';
import { findTies } from './assign-ties.ts';
import { forEachBelow, NUMBERS_PER_STEP } from './slices.ts';

/** Possible pairs, as parallel arrays: entry `e` pairs `organization[e]` with `customer[e]`. @internal */
export interface AssignmentEdges {
  readonly organization: Int32Array;
  readonly customer: Int32Array;
  /** 0..1; pairs at 0 (below 2^-41) or without a finite number are ignored. */
  readonly confidence: Float64Array;
}

/** Who gets whom. Nothing in it depends on the order of the edges. @internal */
export interface Assignment {
  /** Per organization: its customer, or -1. Always -1 for a tied organization. */
  readonly customerByOrganization: Int32Array;
  /** Per organization: 1 when another assignment of the same total would treat it differently. */
  readonly tied: Uint8Array;
  /** Per organization: the smallest organization that takes part in the same tie, or -1. */
  readonly tieGroup: Int32Array;
}

/**
 * Connected components with more edges than this are assigned greedily (at least half the best total) instead of
 * optimally. An organization's confidences sum to at most 1, so at the default thresholds components have a handful
 * of edges. One component of a million random edges, ten an organization, took 2 s, and 6 s where all confidences are
 * nearly equal; the time grows a little faster than the edges.
 */
const MOST_EDGES_SOLVED_EXACTLY = 1_000_000;

/**
 * Assigns each organization to at most one customer and each customer to at most one organization, so that the sum
 * of confidence is as large as possible. Ties are reported, never broken: a tied organization gets no customer. Yields after
 * at most about a millisecond of work.
 *
 * Optimal for every connected component of up to 1,000,000 edges; confidences are compared in steps of 2^-40.
 *
 * @param edges possible pairs, in any order; of a pair given twice the higher confidence counts
 * @param organizationCount organizations are numbered from 0 up to this
 * @param customerCount customers are numbered from 0 up to this
 * @internal
 */
export function* assignOneToOne(
  edges: AssignmentEdges,
  organizationCount: number,
  customerCount: number,
  mostEdgesSolvedExactly: number = MOST_EDGES_SOLVED_EXACTLY,
): Generator<void, Assignment> {
  const graph = yield* buildAssignmentGraph(edges, organizationCount, customerCount);
  const isExact = (o: number) => graph.componentEdges[graph.component[o]!]! <= mostEdgesSolvedExactly;
  const search = new AugmentingSearch(graph);
  yield* addOrganizations(graph, search, isExact);
  const tieGroup = yield* findTies(graph, search, isExact);
  yield* assignGreedily(graph, (o) => !isExact(o), search.customerOf, tieGroup);

  const customerByOrganization = search.customerOf;
  const tied = new Uint8Array(organizationCount);
  yield* forEachBelow(organizationCount, (o) => {
    if (tieGroup[o] === -1) return;
    tied[o] = 1;
    customerByOrganization[o] = -1;
  });
  return { customerByOrganization, tied, tieGroup };
}

function* addOrganizations(
  graph: AssignmentGraph,
  search: AugmentingSearch,
  isExact: (organization: number) => boolean,
): Generator<void, void> {
  let yieldAt = NUMBERS_PER_STEP;
  for (let o = 0; o < graph.organizationCount; o++) {
    if (o % NUMBERS_PER_STEP === 0) yield;
    if (graph.start[o] === graph.start[o + 1] || !isExact(o)) continue;
    search.begin(o);
    while (!search.advance(NUMBERS_PER_STEP)) yield;
    if (search.edgesScanned < yieldAt) continue;
    yield;
    yieldAt = search.edgesScanned + NUMBERS_PER_STEP;
  }
}
