import { describe, expect, it } from 'vitest';
import { explainPair, type MappingRecord, suggestMappings } from '../../src/mapping/index.ts';
import golden from '../fixtures/mapping/golden.json' with { type: 'json' };

/*
 * Pairs written by hand, each with its reason. One organization is asked about at a time, among the crowd (customers
 * that have nothing to do with the pair) and the other side of the pair; then the sides change places.
 *
 * - yes: the other side is proposed, as `matched`, or as `review` with a confidence of at least HIGH_CONFIDENCE.
 * - review: it is proposed, as `review`; or the row is a `conflict` in which it takes part. Never `matched`.
 * - no: it is not proposed: nobody is, or somebody else, and its confidence is below the review threshold.
 *
 * `others` are further customers that matter to the pair; such a pair, and one marked `oneWay`, is asked one way only.
 */
const HIGH_CONFIDENCE = 0.75;

type Side = string | Omit<MappingRecord, 'id'>;
interface GoldenPair {
  kind: string;
  a: Side;
  b: Side;
  expect: 'yes' | 'review' | 'no';
  reason: string;
  others?: Side[];
  oneWay?: boolean;
}

const pairs = golden.pairs as GoldenPair[];
const crowd = golden.crowd.map((name, index): MappingRecord => ({ id: `crowd-${index}`, name }));

function recordOf(side: Side, id: string): MappingRecord {
  return typeof side === 'string' ? { id, name: side } : { id, ...side };
}

function nameOf(side: Side): string {
  return typeof side === 'string' ? side : side.name;
}

const questions = pairs.flatMap((pair) => {
  const forward = { ...pair, organization: pair.a, customer: pair.b };
  if (pair.oneWay || pair.others) return [forward];
  return [forward, { ...pair, organization: pair.b, customer: pair.a }];
});

function ask(question: (typeof questions)[number]) {
  const customers = [
    ...crowd,
    recordOf(question.customer, 'target'),
    ...(question.others ?? []).map((other, index) => recordOf(other, `other-${index}`)),
  ];
  const report = suggestMappings([recordOf(question.organization, 'organization')], customers);
  const suggestion = report.suggestions[0]!;
  const target = suggestion.candidates.find((candidate) => candidate.customer.id === 'target');
  const isProposed = suggestion.status !== 'unmatched' && suggestion.customer?.id === 'target';
  const isInConflict =
    suggestion.status === 'conflict' &&
    (isProposed || suggestion.conflict?.customers.some((customer) => customer.id === 'target') === true);
  return { report, suggestion, isProposed, isInConflict, confidence: target?.confidence ?? 0 };
}

function verdictsOf(question: (typeof questions)[number]) {
  const { report, suggestion, isProposed, isInConflict, confidence } = ask(question);
  const { status } = suggestion;
  const isHigh = status === 'matched' || (status === 'review' && confidence >= HIGH_CONFIDENCE);
  return {
    yes: isProposed && isHigh,
    review: (isProposed && status === 'review') || isInConflict,
    no: !isProposed && !isInConflict && confidence < report.thresholds.review,
    told: `${status}, ${suggestion.customer?.name ?? 'nobody'} proposed, the other side at ${confidence.toFixed(3)}`,
  };
}

describe('pairs written by hand come out as a careful person would decide', () => {
  it.each(
    questions.map(
      (question) =>
        [question.kind, nameOf(question.organization), nameOf(question.customer), question] as const,
    ),
  )('%s: %j for %j', (_kind, _organization, _customer, question) => {
    const verdicts = verdictsOf(question);
    expect(verdicts[question.expect], `${question.expect}: ${question.reason} But: ${verdicts.told}`).toBe(
      true,
    );
  });
});

describe('explaining a pair does not depend on which side is named first', () => {
  it.each(
    pairs.filter((pair) => !pair.oneWay).map((pair) => [nameOf(pair.a), nameOf(pair.b), pair] as const),
  )('%j and %j', (_a, _b, pair) => {
    const a = recordOf(pair.a, 'a');
    const b = recordOf(pair.b, 'b');
    const forward = explainPair(a, b);
    const backward = explainPair(b, a);
    expect(backward.score).toBe(forward.score);
    expect(backward.confidence).toBe(forward.confidence);
  });
});

describe('the golden pairs are a fair test', () => {
  it('has at least 120 pairs, each with a reason, and every verdict often', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(120);
    expect(pairs.every((pair) => pair.reason.length > 10)).toBe(true);
    for (const verdict of ['yes', 'review', 'no']) {
      expect(pairs.filter((pair) => pair.expect === verdict).length).toBeGreaterThan(20);
    }
  });
});
