import { describe, expect, it } from 'vitest';
import { drain } from '../../bench/lib/drain.ts';
import { assignOneToOne } from '../../src/mapping/assign.ts';
import { Engine } from '../../src/mapping/engine.ts';
import { finish } from '../../src/mapping/suggest-mappings.ts';
import { prepareCustomers } from '../../src/mapping/suggest-steps.ts';
import { EVIDENCE_WEIGHTS } from '../../src/mapping/weights.ts';

const NOT_FINITE = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Two organizations that both may have either of two customers. */
function square(confidence: readonly number[]) {
  return {
    organization: Int32Array.of(0, 0, 1, 1),
    customer: Int32Array.of(0, 1, 0, 1),
    confidence: Float64Array.from(confidence),
  };
}

describe('a confidence that is not finite', () => {
  for (const most of [1_000_000, 0]) {
    const method = most === 0 ? 'greedy' : 'exact';
    it.each(NOT_FINITE)(`is no pair: %s (${method} assignment)`, (wrong) => {
      const { customerByOrganization, tied } = drain(
        assignOneToOne(square([wrong, 0.6, 0.8, wrong]), 2, 2, most),
      );
      expect([...customerByOrganization]).toEqual([1, 0]);
      expect([...tied]).toEqual([0, 0]);
    });

    it.each(NOT_FINITE)(`ends with nobody assigned when all are %s (${method} assignment)`, (wrong) => {
      const { customerByOrganization } = drain(
        assignOneToOne(square([wrong, wrong, wrong, wrong]), 2, 2, most),
      );
      expect([...customerByOrganization]).toEqual([-1, -1]);
    });
  }
});

describe('a table of weights', () => {
  const customers = [{ id: 1, name: 'Contoso' }];

  it('is refused when the engine is built, as soon as one weight is not finite', () => {
    for (const wrong of NOT_FINITE) {
      const weights = EVIDENCE_WEIGHTS.with(7, wrong);
      expect(() => finish(prepareCustomers(customers, {}, weights))).toThrow(
        new RangeError('Weight 7 must be a finite number.'),
      );
    }
  });

  it.each([-1, 1])('is refused when it does not fit the kinds of evidence (%i entries off)', (off) => {
    const weights = off < 0 ? EVIDENCE_WEIGHTS.slice(0, off) : [...EVIDENCE_WEIGHTS, 0];
    expect(() => Engine.build(customers, {}, weights).next()).toThrow(RangeError);
  });

  it('that is shipped is accepted', () => {
    expect(() => finish(prepareCustomers(customers, {}))).not.toThrow();
  });
});
