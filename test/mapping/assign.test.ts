import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain } from '../../bench/lib/drain.ts';
import { type AssignmentEdges, assignOneToOne } from '../../src/mapping/assign.ts';

type Pair = readonly [organization: number, customer: number, confidence: number];

function edgesOf(pairs: readonly Pair[]): AssignmentEdges {
  return {
    organization: Int32Array.from(pairs, (pair) => pair[0]),
    customer: Int32Array.from(pairs, (pair) => pair[1]),
    confidence: Float64Array.from(pairs, (pair) => pair[2]),
  };
}

function assign(pairs: readonly Pair[], organizations: number, customers: number, limit?: number) {
  const result = drain(assignOneToOne(edgesOf(pairs), organizations, customers, limit));
  return {
    customers: [...result.customerByOrganization],
    tied: [...result.tied],
    groups: [...result.tieGroup],
  };
}

/** Every optimal assignment, by trying all of them. Weights are multiples of 1/64, so the sums are exact. */
function everyOptimum(pairs: readonly Pair[], organizations: number) {
  let best = 0;
  let optima: number[][] = [];
  const current = new Array<number>(organizations).fill(-1);
  const taken = new Set<number>();
  const go = (organization: number, total: number) => {
    if (organization === organizations) {
      if (total > best) optima = [];
      if (total >= best) optima.push([...current]);
      best = Math.max(best, total);
      return;
    }
    go(organization + 1, total);
    const choices = new Map<number, number>();
    for (const [o, c, weight] of pairs) {
      if (o === organization && weight > 0) choices.set(c, Math.max(weight, choices.get(c) ?? 0));
    }
    for (const [c, weight] of choices) {
      if (taken.has(c)) continue;
      taken.add(c);
      current[organization] = c;
      go(organization + 1, total + weight);
      current[organization] = -1;
      taken.delete(c);
    }
  };
  go(0, 0);
  return { best, optima };
}

const smallGraph = fc.integer({ min: 1, max: 5 }).chain((organizations) =>
  fc.integer({ min: 1, max: 5 }).chain((customers) =>
    fc.record({
      organizations: fc.constant(organizations),
      customers: fc.constant(customers),
      pairs: fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: organizations - 1 }),
          fc.integer({ min: 0, max: customers - 1 }),
          // Few different weights make many ties; many make few.
          fc.oneof(
            fc.integer({ min: 0, max: 3 }).map((n) => n / 4),
            fc.integer({ min: 0, max: 64 }).map((n) => n / 64),
          ),
        ),
        { maxLength: 14 },
      ),
    }),
  ),
);

/** A small seeded generator (LCG), so that large graphs are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function randomPairs(
  organizations: number,
  customers: number,
  perOrganization: number,
  seed: number,
): Pair[] {
  const random = seeded(seed);
  const pairs: Pair[] = [];
  for (let o = 0; o < organizations; o++) {
    for (let k = 0; k < perOrganization; k++) pairs.push([o, Math.floor(random() * customers), random()]);
  }
  return pairs;
}

describe('the assignment has the largest possible sum of confidence', () => {
  it('agrees with trying every assignment, and marks exactly the organizations on which optima differ', () => {
    fc.assert(
      fc.property(smallGraph, ({ organizations, customers, pairs }) => {
        const { optima } = everyOptimum(pairs, organizations);
        const result = assign(pairs, organizations, customers);
        for (let o = 0; o < organizations; o++) {
          const choices = new Set(optima.map((optimum) => optimum[o]));
          expect(result.tied[o]).toBe(choices.size > 1 ? 1 : 0);
          expect(result.customers[o]).toBe(choices.size > 1 ? -1 : [...choices][0]);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('gives up the better pair of one organization when the total gains', () => {
    // 0.9 + nothing against 0.8 + 0.7.
    expect(
      assign(
        [
          [0, 0, 0.9],
          [0, 1, 0.8],
          [1, 0, 0.7],
        ],
        2,
        2,
      ).customers,
    ).toEqual([1, 0]);
  });

  it('leaves an organization without a customer when that is better', () => {
    expect(
      assign(
        [
          [0, 0, 0.9],
          [1, 0, 0.4],
        ],
        2,
        1,
      ),
    ).toMatchObject({ customers: [0, -1], tied: [0, 0] });
  });

  it('takes the higher of two confidences given for one pair, without calling it a tie', () => {
    expect(
      assign(
        [
          [0, 0, 0.2],
          [0, 0, 0.8],
          [1, 0, 0.5],
          [0, 0, 0.8],
        ],
        2,
        1,
      ),
    ).toMatchObject({
      customers: [0, -1],
      tied: [0, 0],
    });
  });

  it.each([
    ['no pairs', [], 3, 2, [-1, -1, -1]],
    ['no organizations', [], 0, 2, []],
    ['a pair at 0', [[0, 0, 0]], 1, 1, [-1]],
    ['a pair that is not a number', [[0, 0, Number.NaN]], 1, 1, [-1]],
    ['a negative pair', [[0, 0, -0.5]], 1, 1, [-1]],
  ] as [string, Pair[], number, number, number[]][])(
    'copes with %s',
    (_, pairs, organizations, customers, expected) => {
      expect(assign(pairs, organizations, customers)).toMatchObject({ customers: expected });
    },
  );
});

describe('a tie is reported, never broken by input order', () => {
  it('ties two organizations that want one customer equally', () => {
    expect(
      assign(
        [
          [0, 0, 0.9],
          [1, 0, 0.9],
        ],
        2,
        1,
      ),
    ).toEqual({ customers: [-1, -1], tied: [1, 1], groups: [0, 0] });
  });

  it('ties one organization that fits two free customers equally', () => {
    expect(
      assign(
        [
          [0, 0, 0.45],
          [0, 1, 0.45],
        ],
        1,
        2,
      ),
    ).toMatchObject({ customers: [-1], tied: [1] });
  });

  it('ties confidences whose sums are equal though floating point says otherwise', () => {
    // 0.1 + 0.2 is not 0.3 in floating point.
    expect(
      assign(
        [
          [0, 0, 0.1 + 0.2],
          [1, 0, 0.3],
        ],
        2,
        1,
      ).tied,
    ).toEqual([1, 1]);
  });

  it('does not tie confidences that differ by more than 1e-12', () => {
    expect(
      assign(
        [
          [0, 0, 0.5 + 2e-12],
          [1, 0, 0.5],
        ],
        2,
        1,
      ),
    ).toMatchObject({ customers: [0, -1], tied: [0, 0] });
  });

  it('ties along a chain of exchanges and leaves bystanders alone', () => {
    const pairs: Pair[] = [
      [0, 0, 0.5],
      [0, 1, 0.5],
      [1, 1, 0.5],
      [1, 2, 0.5],
      [2, 2, 0.5],
      [2, 0, 0.5],
      [3, 3, 0.6],
    ];
    expect(assign(pairs, 4, 4)).toEqual({
      customers: [-1, -1, -1, 3],
      tied: [1, 1, 1, 0],
      groups: [0, 0, 0, -1],
    });
  });

  it('keeps separate ties in separate groups', () => {
    const pairs: Pair[] = [
      [0, 0, 0.9],
      [2, 0, 0.9],
      [1, 1, 0.8],
      [3, 1, 0.8],
    ];
    expect(assign(pairs, 4, 2).groups).toEqual([0, 1, 0, 1]);
  });

  it('gives the same result for every order of the edges', () => {
    fc.assert(
      fc.property(
        smallGraph.chain((graph) =>
          fc.record({
            graph: fc.constant(graph),
            shuffled: fc.shuffledSubarray(graph.pairs, {
              minLength: graph.pairs.length,
              maxLength: graph.pairs.length,
            }),
            limit: fc.constantFrom(undefined, 0, 4),
          }),
        ),
        ({ graph, shuffled, limit }) => {
          expect(assign(shuffled, graph.organizations, graph.customers, limit)).toEqual(
            assign(graph.pairs, graph.organizations, graph.customers, limit),
          );
        },
      ),
    );
  });

  it('gives each organization the same customer when organizations and customers are numbered in another order', () => {
    const pairs = randomPairs(400, 300, 4, 5);
    const forward = assign(pairs, 400, 300);
    const backward = assign(
      pairs.map(([o, c, confidence]) => [399 - o, 299 - c, confidence] as const),
      400,
      300,
    );
    expect([...backward.customers].reverse().map((c) => (c === -1 ? -1 : 299 - c))).toEqual(
      forward.customers,
    );
    expect([...backward.tied].reverse()).toEqual(forward.tied);
  });
});

describe('components above the size limit are assigned greedily', () => {
  it('reaches at least half of the best total where nothing ties, and stays one to one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(24), { minLength: 12, maxLength: 12 }),
        (weights, places) => {
          const pairs = weights.map(
            (weight, i) => [Math.floor(places[i]! / 5), places[i]! % 5, weight / 1024] as const,
          );
          const { best } = everyOptimum(pairs, 5);
          const { customers, tied } = assign(pairs, 5, 5, 0);
          const given = customers.filter((c) => c !== -1);
          expect(new Set(given).size).toBe(given.length);
          expect(tied).toEqual([0, 0, 0, 0, 0]);
          const total = customers.reduce(
            (sum, c, o) =>
              sum +
              (c === -1 ? 0 : Math.max(...pairs.filter((p) => p[0] === o && p[1] === c).map((p) => p[2]))),
            0,
          );
          expect(total).toBeGreaterThanOrEqual(best / 2);
        },
      ),
    );
  });

  it('reports equal claims as ties and assigns the rest', () => {
    const pairs: Pair[] = [
      [0, 0, 0.9],
      [1, 0, 0.9],
      [1, 1, 0.3],
      [2, 1, 0.4],
    ];
    expect(assign(pairs, 3, 2, 0)).toEqual({ customers: [-1, -1, 1], tied: [1, 1, 0], groups: [0, 0, -1] });
  });

  it('leaves small components exact beside an oversized one', () => {
    const exact: Pair[] = [
      [0, 0, 0.9],
      [0, 1, 0.8],
      [1, 0, 0.7],
    ];
    const oversized: Pair[] = [
      [2, 2, 0.9],
      [2, 3, 0.8],
      [3, 2, 0.7],
      [3, 4, 0.1],
    ];
    expect(assign([...exact, ...oversized], 4, 5, 3).customers).toEqual([1, 0, 2, 4]);
  });
});

describe('large inputs', () => {
  it('solves 100,000 edges that are one component', () => {
    const edges = edgesOf(randomPairs(20_000, 20_000, 5, 3));
    const result = drain(assignOneToOne(edges, 20_000, 20_000));
    expect(result.customerByOrganization.filter((c) => c !== -1).length).toBeGreaterThan(19_000);
  });

  it('solves 100,000 organizations that want the same ten customers equally', () => {
    const pairs: Pair[] = Array.from({ length: 1_000_000 }, (_, e) => [Math.floor(e / 10), e % 10, 0.1]);
    const { tied } = drain(assignOneToOne(edgesOf(pairs), 100_000, 10));
    expect(tied.every((t) => t === 1)).toBe(true);
  });

  it('yields often: no step looks at more than a few thousand edges', () => {
    const edges = edgesOf(randomPairs(20_000, 20_000, 5, 3));
    const steps = assignOneToOne(edges, 20_000, 20_000);
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count++;
    expect(count).toBeGreaterThan(100);
    expect(step.value).toEqual(drain(assignOneToOne(edges, 20_000, 20_000)));
  });
});
