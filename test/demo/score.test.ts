import { describe, expect, it } from 'vitest';
import { spread } from '../../src/cli/demo/explain.ts';
import { missedRows, wrongRows } from '../../src/cli/demo/judgement.ts';
import { countByKind, countListed, judge, type Suggestion } from '../../src/cli/demo/score.ts';
import type { ListedRecord, TruthRow } from '../../src/cli/input/lists.ts';

const one: ListedRecord = { id: '1', name: 'One' };
const two: ListedRecord = { id: '2', name: 'Two' };

/** A suggestion of `customer`; of nobody when null, with `one` as the nearest. */
function suggestion(
  id: string,
  status: Suggestion['status'],
  customer: ListedRecord | null,
  confidence = 0.9,
): Suggestion {
  const candidate = { customer: customer ?? one, confidence, score: 2, evidence: [] };
  return {
    organization: { id, name: id },
    status,
    customer,
    confidence: customer ? confidence : 0,
    score: customer ? 2 : 0,
    evidence: [],
    candidates: [candidate],
  };
}

function answers(rows: readonly (readonly [string, string[], string])[]): Map<string, TruthRow> {
  return new Map(
    rows.map(([organizationId, ids, kind]) => [
      organizationId,
      { organizationId, customerIds: new Set(ids), kind, note: '' },
    ]),
  );
}

const judged = judge(
  [
    suggestion('right', 'matched', one),
    suggestion('also right', 'review', two, 0.6),
    suggestion('wrong', 'matched', two, 0.95),
    suggestion('absent, given one', 'review', one, 0.5),
    suggestion('absent, given none', 'unmatched', null),
    suggestion('missed', 'unmatched', null),
    suggestion('contested', 'conflict', one, 0.7),
    suggestion('not in the truth', 'matched', one),
  ],
  answers([
    ['right', ['1'], 'equal'],
    ['also right', ['1', '2'], 'equal'],
    ['wrong', ['1'], 'typo'],
    ['absent, given one', [], 'near-miss'],
    ['absent, given none', [], 'near-miss'],
    ['missed', ['1'], 'equal'],
    ['contested', ['1'], 'typo'],
  ]),
);

describe('the score against the truth', () => {
  it('leaves organizations out that the truth does not name', () => {
    expect(judged.map((row) => row.suggestion.organization.id)).not.toContain('not in the truth');
    expect(judged).toHaveLength(7);
  });

  it('counts an organization as listed when any candidate is right, whatever the status', () => {
    expect(countListed(judged)).toBe(4);
  });

  it('counts each kind by status and by errors, most frequent first', () => {
    expect(countByKind(judged)).toEqual([
      { kind: 'equal', rows: 3, matched: 1, review: 1, conflict: 0, unmatched: 1, wrong: 0 },
      { kind: 'near-miss', rows: 2, matched: 0, review: 1, conflict: 0, unmatched: 1, wrong: 1 },
      { kind: 'typo', rows: 2, matched: 1, review: 0, conflict: 1, unmatched: 0, wrong: 1 },
    ]);
  });

  it('lists errors, surest first, and customers that were not found', () => {
    const ids = (rows: typeof judged) => rows.map((row) => row.suggestion.organization.id);
    expect(ids(wrongRows(judged))).toEqual(['wrong', 'absent, given one']);
    expect(ids(missedRows(judged))).toEqual(['missed']);
  });
});

describe('the examples', () => {
  const rows = [0.1, 0.9, 0.5, 0.3, 0.7, 0.8].map((confidence) =>
    suggestion(String(confidence), 'review', one, confidence),
  );
  const confidences = (count: number) => spread(rows, count).map((row) => row.confidence);

  it('are spread over the whole range of confidence, highest first', () => {
    expect(confidences(2)).toEqual([0.8, 0.3]);
    expect(confidences(3)).toEqual([0.8, 0.5, 0.1]);
  });

  it('are all rows when there are few', () => {
    expect(confidences(6)).toEqual([0.9, 0.8, 0.7, 0.5, 0.3, 0.1]);
    expect(spread([], 3)).toEqual([]);
  });
});
