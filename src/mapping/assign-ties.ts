import { type AssignmentGraph, join, rootOf, singletons } from './assign-graph.ts';
import type { AugmentingSearch } from './assign-search.ts';
import { forEachBelow, NUMBERS_PER_STEP } from './slices.ts';

/**
 * Finds every organization that another assignment of the same total would treat differently; per organization the
 * smallest organization of its tie, -1 when there is none.
 *
 * All optimal matchings use edges without slack only, and differ by cycles in the residual graph of such edges, where
 * one more node, "nobody", stands for being without a partner (complementary slackness: only who has price 0 may be).
 * So an organization is concerned exactly if it lies on a cycle, that is in a strongly connected component of more
 * than one node: Tarjan's algorithm (SIAM J. Computing 1, 1972) without recursion.
 *
 * @internal
 */
export function* findTies(
  graph: AssignmentGraph,
  search: AugmentingSearch,
  isExact: (organization: number) => boolean,
): Generator<void, Int32Array> {
  const exchange = exchangesOf(graph, search, isExact);
  const nodes = graph.organizationCount + 1;
  const component = yield* stronglyConnected(nodes, exchange);
  const members = new Int32Array(nodes);
  yield* forEachBelow(nodes, (node) => {
    members[component[node]!]!++;
  });

  const group = yield* singletons(graph.organizationCount);
  let sinceYield = 0;
  for (let o = 0; o < graph.organizationCount; o++) {
    if (o % NUMBERS_PER_STEP === 0) yield;
    for (let e = graph.start[o]!; e < graph.start[o + 1]!; e++) {
      if (++sinceYield % NUMBERS_PER_STEP === 0) yield;
      const other = exchange.target(o, e);
      if (other >= 0 && other < graph.organizationCount && component[other] === component[o]) {
        join(group, o, other);
      }
    }
  }
  yield* forEachBelow(graph.organizationCount, (o) => {
    group[o] = members[component[o]!]! > 1 ? rootOf(group, o) : -1;
  });
  return group;
}

/** The residual graph among organizations and "nobody"; customers are passed through. */
interface Exchanges {
  /** Positions of the arcs of a node. */
  first(node: number): number;
  end(node: number): number;
  /** Node at the other end of an arc, -1 when there is no such exchange. */
  target(node: number, position: number): number;
}

function exchangesOf(
  graph: AssignmentGraph,
  search: AugmentingSearch,
  isExact: (organization: number) => boolean,
): Exchanges {
  const nobody = graph.organizationCount;
  const { start, customer, weight } = graph;
  const { customerOf, organizationOf, organizationPrice, customerPrice } = search;
  // "Nobody" can give way to an organization that has none, or take the customer of price 0 from one that has.
  const fromNobody = (o: number) =>
    isExact(o) && (customerOf[o] === -1 || customerPrice[customerOf[o]!] === 0) ? o : -1;
  const fromOrganization = (o: number, e: number) => {
    if (!isExact(o)) return -1;
    // The position after the last edge stands for giving the own customer up.
    if (e === start[o + 1]) return customerOf[o] !== -1 && organizationPrice[o] === 0 ? nobody : -1;
    const c = customer[e]!;
    if (c === customerOf[o] || organizationPrice[o]! + customerPrice[c]! !== weight[e]!) return -1;
    return organizationOf[c] === -1 ? nobody : organizationOf[c]!;
  };
  return {
    first: (node) => (node === nobody ? 0 : start[node]!),
    end: (node) => (node === nobody ? nobody : start[node + 1]! + 1),
    target: (node, position) => (node === nobody ? fromNobody(position) : fromOrganization(node, position)),
  };
}

function* stronglyConnected(nodes: number, exchange: Exchanges): Generator<void, Int32Array> {
  const component = new Int32Array(nodes).fill(-1);
  const order = new Int32Array(nodes).fill(-1);
  const lowest = new Int32Array(nodes);
  const position = new Int32Array(nodes);
  const path: number[] = [];
  const open: number[] = [];
  let visited = 0;
  let sinceYield = 0;
  const enter = (node: number) => {
    order[node] = visited;
    lowest[node] = visited++;
    position[node] = exchange.first(node);
    path.push(node);
    open.push(node);
  };
  const leave = (node: number) => {
    path.pop();
    const before = path.at(-1);
    if (before !== undefined) lowest[before] = Math.min(lowest[before]!, lowest[node]!);
    if (lowest[node] !== order[node]) return;
    for (let member = -1; member !== node; ) {
      member = open.pop()!;
      component[member] = node;
    }
  };
  for (let root = 0; root < nodes; root++) {
    if (order[root] === -1) enter(root);
    while (path.length > 0) {
      if (++sinceYield % NUMBERS_PER_STEP === 0) yield;
      const node = path.at(-1)!;
      if (position[node]! >= exchange.end(node)) {
        leave(node);
        continue;
      }
      const target = exchange.target(node, position[node]!++);
      if (target === -1) continue;
      if (order[target] === -1) enter(target);
      else if (component[target] === -1) lowest[node] = Math.min(lowest[node]!, order[target]!);
    }
  }
  return component;
}
