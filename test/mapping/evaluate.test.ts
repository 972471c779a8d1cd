import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationOf } from '../../src/mapping/calibration.ts';
import { evaluateMappings } from '../../src/mapping/evaluate.ts';
import type { MappingTruth } from '../../src/mapping/truth.ts';
import type {
  Candidate,
  Evidence,
  MappingRecord,
  MappingReport,
  MappingStatus,
} from '../../src/mapping/types.ts';
import { proportion } from '../../src/mapping/wilson.ts';

interface Row {
  id: string | number;
  status: MappingStatus;
  /** [customer id, confidence, evidence]; the first is the proposed one unless the row is unmatched. */
  candidates: [string | number, number, Evidence[]?][];
}

function reportOf(rows: Row[]): MappingReport<MappingRecord, MappingRecord> {
  const suggestions = rows.map((row) => {
    const candidates = row.candidates.map(
      ([id, confidence, evidence]): Candidate<MappingRecord> => ({
        customer: { id, name: `customer ${id}` },
        confidence,
        score: 0,
        evidence: evidence ?? [],
      }),
    );
    const proposed = row.status === 'unmatched' ? undefined : candidates[0];
    return {
      organization: { id: row.id, name: `organization ${row.id}` },
      status: row.status,
      customer: proposed?.customer ?? null,
      confidence: proposed?.confidence ?? 0,
      score: 0,
      evidence: proposed?.evidence ?? [],
      candidates,
    };
  });
  return {
    engineVersion: 'test',
    thresholds: { matched: 0.9, review: 0.5 },
    suggestions,
    unclaimed: [],
    problems: [],
    summary: { organizations: rows.length, customers: 0, matched: 0, review: 0, conflict: 0, unmatched: 0 },
  };
}

const exact = (weight: number): Evidence => ({ kind: 'exact', label: 'Names are equal', weight });
const typo = (weight: number): Evidence => ({ kind: 'typo', label: 'A letter differs', weight });

// Eight organizations: 5 proposals of which 3 are right, 6 with a match.
const rows: Row[] = [
  {
    id: 'a',
    status: 'matched',
    candidates: [
      [1, 0.95, [exact(4), typo(-1)]],
      [2, 0.03, [typo(-3), typo(-1)]],
    ],
  },
  { id: 'b', status: 'matched', candidates: [[2, 0.92, [exact(4)]]] },
  { id: 'c', status: 'matched', candidates: [[3, 0.9, [exact(3)]]] },
  {
    id: 'd',
    status: 'review',
    candidates: [
      [4, 0.7, [typo(2)]],
      [5, 0.2],
    ],
  },
  {
    id: 'e',
    status: 'review',
    candidates: [
      [6, 0.6],
      [7, 0.3, [typo(1)]],
    ],
  },
  { id: 'f', status: 'conflict', candidates: [[8, 0.8]] },
  { id: 'g', status: 'unmatched', candidates: [[9, 0.1]] },
  { id: 'h', status: 'unmatched', candidates: [] },
  { id: 'i', status: 'matched', candidates: [[10, 0.99]] },
];
const truth: MappingTruth[] = [
  { organizationId: 'a', customerId: 1 },
  { organizationId: 'b', customerId: '2' },
  { organizationId: 'c', customerId: null },
  { organizationId: 'd', customerId: 4 },
  { organizationId: 'e', customerId: 7 },
  { organizationId: 'f', customerId: 8 },
  { organizationId: 'g', customerId: null },
  { organizationId: 'h', customerId: 11 },
  { organizationId: 'elsewhere', customerId: 1 },
];

describe('a report is measured against the known answers', () => {
  const evaluation = evaluateMappings(reportOf(rows), truth);

  it('counts what can be judged', () => {
    expect(evaluation).toMatchObject({
      organizations: 8,
      withMatch: 6,
      unlabelled: 1,
      missingOrganizationIds: ['elsewhere'],
    });
  });

  it('gives precision, recall and F1 of matched and review rows together', () => {
    const { overall } = evaluation;
    expect(overall).toMatchObject({ proposals: 5, correct: 3 });
    expect(overall.precision.value).toBe(3 / 5);
    expect(overall.recall.value).toBe(3 / 6);
    expect(overall.f1).toBeCloseTo((2 * 0.6 * 0.5) / 1.1, 12);
  });

  it('gives the same per status', () => {
    const { matched, review, conflict, unmatched } = evaluation.byStatus;
    expect(matched).toMatchObject({ rows: 3, proposals: 3, correct: 2, withMatch: 2 });
    expect(matched.precision.value).toBe(2 / 3);
    expect(matched.recall.value).toBe(2 / 6);
    expect(matched.f1).toBeCloseTo((2 * (2 / 3) * (1 / 3)) / 1, 12);
    expect(review).toMatchObject({ rows: 2, proposals: 2, correct: 1, withMatch: 2 });
    expect(review.matchAmongCandidates.value).toBe(1);
    expect(conflict).toMatchObject({ rows: 1, proposals: 1, correct: 1 });
    expect(unmatched).toMatchObject({ rows: 2, proposals: 0, correct: 0, withMatch: 1, f1: 0 });
    expect(unmatched.precision.value).toBeNull();
    expect(unmatched.matchAmongCandidates.value).toBe(0);
  });

  it('measures calibration over the first candidates', () => {
    // 0.1 wrong, 0.6 wrong, 0.7 right, 0.8 right, 0.9 wrong, 0.92 right, 0.95 right: one to a bin.
    const { calibration } = evaluation;
    expect(calibration.bins.map((bin) => [bin.count, bin.meanConfidence, bin.accuracy])).toEqual([
      [1, 0.1, 0],
      [1, 0.6, 0],
      [1, 0.7, 1],
      [1, 0.8, 1],
      [1, 0.9, 0],
      [1, 0.92, 1],
      [1, 0.95, 1],
    ]);
    expect(calibration.expectedCalibrationError).toBeCloseTo(
      (0.1 + 0.6 + 0.3 + 0.2 + 0.9 + 0.08 + 0.05) / 7,
      12,
    );
    expect(calibration.brierScore).toBeCloseTo((0.01 + 0.36 + 0.09 + 0.04 + 0.81 + 0.0064 + 0.0025) / 7, 12);
    expect(calibration.baseRateBrierScore).toBeCloseTo((4 / 7) * (3 / 7), 12);
  });

  it('says what each kind of evidence is worth over the listed candidates', () => {
    // Ten candidates, five right. "exact" is on 3, 2 right; "typo" on 4, 3 right, twice on one of them.
    expect(evaluation.evidence).toEqual([
      {
        kind: 'typo',
        label: 'A letter differs',
        candidates: 4,
        correct: 3,
        lift: 3 / 4 / 0.5,
        meanWeight: -0.5,
      },
      {
        kind: 'exact',
        label: 'Names are equal',
        candidates: 3,
        correct: 2,
        lift: 2 / 3 / 0.5,
        meanWeight: 11 / 3,
      },
    ]);
  });

  it('advises the threshold that finds the most at each precision, with intervals', () => {
    const [at60, at95, at100] = evaluateMappings(reportOf(rows), truth, {
      targetPrecisions: [0.6, 0.95, 1],
    }).thresholds;
    // From the top: right, right, wrong, right, right, wrong, wrong.
    expect(at60).toMatchObject({ threshold: 0.6, proposals: 6, correct: 4 });
    expect(at60!.recall.value).toBe(4 / 6);
    expect(at95).toMatchObject({ threshold: 0.92, safeThreshold: null, proposals: 2, correct: 2 });
    expect(at95!.precision).toEqual(proportion(2, 2));
    expect(at100).toMatchObject({ threshold: 0.92, proposals: 2, correct: 2 });
  });

  it('never advises a threshold that would part candidates of equal confidence', () => {
    const even: Row[] = [
      { id: 'a', status: 'matched', candidates: [[1, 0.9]] },
      { id: 'c', status: 'matched', candidates: [[3, 0.9]] },
    ];
    const [advice] = evaluateMappings(reportOf(even), truth, { targetPrecisions: [0.9] }).thresholds;
    expect(advice).toMatchObject({ threshold: null, proposals: 0 });
  });

  it('advises none where no threshold reaches the precision', () => {
    const wrong = evaluateMappings(reportOf([rows[2]!]), truth);
    expect(wrong.thresholds.map((advice) => [advice.targetPrecision, advice.threshold])).toEqual([
      [0.9, null],
      [0.95, null],
      [0.99, null],
    ]);
  });

  it('advises a safe threshold only where the lower end of the interval reaches the precision', () => {
    const many = Array.from(
      { length: 50 },
      (_, i): Row => ({ id: i, status: 'matched', candidates: [[i, 0.99 - i / 1000]] }),
    );
    const [advice] = evaluateMappings(
      reportOf(many),
      many.map((row) => ({ organizationId: row.id, customerId: row.id })),
      { targetPrecisions: [0.9] },
    ).thresholds;
    expect(proportion(50, 50).low).toBeGreaterThan(0.9);
    expect(advice).toMatchObject({ threshold: 0.99 - 49 / 1000, safeThreshold: 0.99 - 49 / 1000 });
  });

  it('lists wrong proposals and missed matches, surest first', () => {
    expect(
      evaluation.mistakes.map((mistake) => [mistake.organization.id, mistake.acceptedCustomerIds]),
    ).toEqual([
      ['c', []],
      ['f', ['8']],
      ['e', ['7']],
      ['h', ['11']],
    ]);
  });
});

describe('the truth may be given in several shapes', () => {
  const shapes: [string, Parameters<typeof evaluateMappings>[1]][] = [
    [
      'rows, several for one organization',
      [
        { organizationId: 'x', customerId: 1 },
        { organizationId: 'x', customerId: 2 },
      ],
    ],
    ['a row with several ids', [{ organizationId: 'x', customerId: [1, 2] }]],
    [
      'a row with null beside an id',
      [
        { organizationId: 'x', customerId: null },
        { organizationId: 'x', customerId: '2' },
      ],
    ],
    ['a Map', new Map([['x', 2]])],
    ['a Map of lists', new Map([['x', ['1', '2']]])],
    [
      'a generator',
      (function* () {
        yield { organizationId: 'x', customerId: 2 };
      })(),
    ],
  ];
  it.each(shapes)('%s', (_, given) => {
    const evaluation = evaluateMappings(
      reportOf([{ id: 'x', status: 'matched', candidates: [[2, 0.9]] }]),
      given,
    );
    expect(evaluation).toMatchObject({ organizations: 1, withMatch: 1, overall: { correct: 1 } });
  });

  it.each([
    ['a row that is no object', [1]],
    ['a row without an organization', [{ customerId: 1 }]],
    ['a customer of a wrong type', [{ organizationId: 'x', customerId: {} }]],
    ['a forgotten customer', [{ organizationId: 'x' }]],
  ])('refuses %s with its index', (_, given) => {
    const good = { organizationId: 'y', customerId: 1 };
    expect(() => evaluateMappings(reportOf([]), [good, ...given] as MappingTruth[])).toThrow(TypeError);
    expect(() => evaluateMappings(reportOf([]), [good, ...given] as MappingTruth[])).toThrow('truth[1]');
  });

  it('refuses a target precision outside 0..1', () => {
    expect(() => evaluateMappings(reportOf([]), [], { targetPrecisions: [99] })).toThrow(TypeError);
  });
});

describe('the figures are sound', () => {
  it('copes with nothing to measure', () => {
    const evaluation = evaluateMappings(reportOf([]), []);
    expect(evaluation.overall).toMatchObject({ proposals: 0, correct: 0, f1: 0 });
    expect(evaluation.overall.precision.value).toBeNull();
    expect(evaluation.calibration).toEqual({
      bins: [],
      expectedCalibrationError: null,
      brierScore: null,
      baseRateBrierScore: null,
    });
  });

  it.each([
    // By hand: (p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n) with z = 1.96.
    [8, 10, 0.4902, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [99, 100, 0.9455, 0.9982],
  ])('gives %i of %i the Wilson interval %f to %f', (successes, trials, low, high) => {
    const share = proportion(successes, trials);
    expect(share.value).toBe(successes / trials);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });

  it('makes ten bins of equal count and the same table for every order, ties included', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            confidence: fc.integer({ min: 0, max: 8 }).map((n) => n / 8),
            isCorrect: fc.boolean(),
          }),
          { minLength: 1, maxLength: 60 },
        ),
        (outcomes) => {
          const calibration = calibrationOf(outcomes);
          const counts = calibration.bins.map((bin) => bin.count);
          expect(calibrationOf([...outcomes].reverse())).toEqual(calibration);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(outcomes.length);
          expect(calibration.bins.length).toBe(Math.min(10, outcomes.length));
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('finds no error where confidence is exactly right', () => {
    const outcomes = Array.from({ length: 100 }, (_, i) => ({ confidence: 0.75, isCorrect: i % 4 !== 0 }));
    const calibration = calibrationOf(outcomes);
    expect(calibration.expectedCalibrationError).toBeCloseTo(0, 12);
    expect(calibration.brierScore).toBeCloseTo(calibration.baseRateBrierScore!, 12);
  });
});
