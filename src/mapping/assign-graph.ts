import type { AssignmentEdges } from './assign.ts';
import { forEachBelow, NUMBERS_PER_STEP } from './slices.ts';

/**
 * One unit of weight. A confidence is rounded to a multiple of 2^-40 (about 9.1e-13), so that every sum and
 * difference below is an exact integer (weights below 2^41, far from 2^53): ties are found exactly, and no result
 * depends on the order in which floats were added.
 */
const UNITS_PER_CONFIDENCE = 2 ** 40;

/** The pairs as compressed rows: those of organization `o` stand at `start[o]` up to `start[o + 1]`. @internal */
export interface AssignmentGraph {
  readonly organizationCount: number;
  readonly customerCount: number;
  readonly start: Int32Array;
  readonly customer: Int32Array;
  /** In units of 2^-40, all positive. */
  readonly weight: Float64Array;
  /** Per organization: the smallest organization of its connected component. */
  readonly component: Int32Array;
  /** Per organization that names a component: how many edges the component has. */
  readonly componentEdges: Int32Array;
}

/**
 * Builds the graph in compressed rows and finds its connected components; yields every few thousand edges.
 *
 * @internal
 */
export function* buildAssignmentGraph(
  edges: AssignmentEdges,
  organizationCount: number,
  customerCount: number,
): Generator<void, AssignmentGraph> {
  const { organization, customer, confidence } = edges;
  const start = new Int32Array(organizationCount + 1);
  const units = new Float64Array(confidence.length);
  yield* forEachBelow(confidence.length, (e) => {
    units[e] = Math.round(confidence[e]! * UNITS_PER_CONFIDENCE);
    // A pair that adds nothing is no pair. Nor is one that is no finite number: the search would never end on it.
    if (!Number.isFinite(units[e]!)) units[e] = 0;
    if (units[e]! > 0) start[organization[e]! + 1]!++;
  });
  yield* forEachBelow(organizationCount, (o) => {
    start[o + 1]! += start[o]!;
  });
  const next = start.slice(0, organizationCount);
  const rowCustomer = new Int32Array(start[organizationCount]!);
  const rowWeight = new Float64Array(start[organizationCount]!);
  yield* forEachBelow(confidence.length, (e) => {
    if (!(units[e]! > 0)) return;
    const at = next[organization[e]!]!++;
    rowCustomer[at] = customer[e]!;
    rowWeight[at] = units[e]!;
  });
  const component = yield* findComponents(start, rowCustomer, organizationCount, customerCount);
  const componentEdges = new Int32Array(organizationCount);
  yield* forEachBelow(organizationCount, (o) => {
    componentEdges[component[o]!]! += start[o + 1]! - start[o]!;
  });
  return {
    organizationCount,
    customerCount,
    start,
    customer: rowCustomer,
    weight: rowWeight,
    component,
    componentEdges,
  };
}

/** Union-find over the organizations: two that share a customer belong together. */
function* findComponents(
  start: Int32Array,
  customer: Int32Array,
  organizationCount: number,
  customerCount: number,
): Generator<void, Int32Array> {
  const parent = yield* singletons(organizationCount);
  const seenWith = new Int32Array(customerCount).fill(-1);
  let sinceYield = 0;
  for (let o = 0; o < organizationCount; o++) {
    if (o % NUMBERS_PER_STEP === 0) yield;
    for (let e = start[o]!; e < start[o + 1]!; e++) {
      const c = customer[e]!;
      if (seenWith[c] === -1) seenWith[c] = o;
      else join(parent, seenWith[c]!, o);
      if (++sinceYield % NUMBERS_PER_STEP === 0) yield;
    }
  }
  yield* forEachBelow(organizationCount, (o) => {
    parent[o] = rootOf(parent, o);
  });
  return parent;
}

/** Trees of one node each. @internal */
export function* singletons(count: number): Generator<void, Int32Array> {
  const parent = new Int32Array(count);
  yield* forEachBelow(count, (node) => {
    parent[node] = node;
  });
  return parent;
}

/** Root of a node, halving the path on the way. @internal */
export function rootOf(parent: Int32Array, node: number): number {
  let at = node;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]!]!;
    at = parent[at]!;
  }
  return at;
}

/** Joins two trees; the smaller number becomes the root, so that the name of a set depends on its members only. @internal */
export function join(parent: Int32Array, a: number, b: number): void {
  const rootA = rootOf(parent, a);
  const rootB = rootOf(parent, b);
  if (rootA < rootB) parent[rootB] = rootA;
  else parent[rootA] = rootB;
}
