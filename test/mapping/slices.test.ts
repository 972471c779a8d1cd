import { describe, expect, it } from 'vitest';
import { type Answer, type DecisionRules, decide } from '../../src/mapping/decide.ts';

import { finish, suggestMappings } from '../../src/mapping/suggest-mappings.ts';
import { prepareCustomers, suggestSteps } from '../../src/mapping/suggest-steps.ts';
import type { DecidedPair, MappingRecord } from '../../src/mapping/types.ts';

const ROWS = 3000;

/** Far below what 16 ms allow: a look at a row costs a microsecond, and some stages look at a row more than once. */
const MOST_LOOKS = 1100;

/** Counts how often rows are looked at, so that work is measured without a clock. */
class Counter {
  #looks = 0;

  row(id: string, name: string): MappingRecord {
    const counter = this;
    return {
      name,
      get id() {
        counter.#looks++;
        return id;
      },
    };
  }

  pair(id: string): DecidedPair {
    const counter = this;
    return {
      customerId: `c${id}`,
      get organizationId() {
        counter.#looks++;
        return `o${id}`;
      },
    };
  }

  answer(answer: Answer): Answer {
    const counter = this;
    return {
      isConfirmed: answer.isConfirmed,
      needsReview: answer.needsReview,
      get candidates() {
        counter.#looks++;
        return answer.candidates;
      },
    };
  }

  /** Runs the steps; returns the most looks of one of them, and the result. */
  run<T>(steps: Generator<unknown, T>): { most: number; total: number; result: T } {
    let most = 0;
    let total = 0;
    for (;;) {
      this.#looks = 0;
      const step = steps.next();
      most = Math.max(most, this.#looks);
      total += this.#looks;
      if (step.done) return { most, total, result: step.value };
    }
  }
}

const numbers = Array.from({ length: ROWS }, (_, i) => i);

describe('work between two yields', () => {
  const counter = new Counter();
  const customers = numbers.map((i) => counter.row(`c${i}`, `Zar${i % 700}`));
  const organizations = numbers.map((i) => counter.row(`o${i}`, i % 10 === 0 ? `Zar${i % 700}` : ''));

  it('is bounded while customers are checked, indexed and listed as problems', () => {
    const { most, total } = counter.run(prepareCustomers(customers, {}));
    expect(total).toBeGreaterThan(3 * ROWS);
    expect(most).toBeLessThanOrEqual(MOST_LOOKS);
  });

  it('is bounded while organizations are checked, asked, decided and reported', () => {
    const prepared = finish(prepareCustomers(customers, {}));
    const { most, total, result } = counter.run(suggestSteps(organizations, prepared));
    expect(total).toBeGreaterThan(4 * ROWS);
    expect(most).toBeLessThanOrEqual(MOST_LOOKS);
    expect(result.summary).toEqual(suggestMappings(organizations, customers).summary);
  });

  it.each(['confirmed', 'rejected'] as const)('is bounded while %s pairs are read', (option) => {
    const steps = prepareCustomers([], { [option]: numbers.map((i) => counter.pair(String(i))) });
    // The options are checked in one go, at one look a pair; what is built from them is not.
    steps.next();
    const { most, total } = counter.run(steps);
    expect(total).toBeGreaterThan(ROWS / 2);
    expect(most).toBeLessThanOrEqual(MOST_LOOKS);
  });
});

describe('decisions about very many rows', () => {
  const rules: DecisionRules = {
    thresholds: { matched: 0.9, review: 0.5 },
    isOneToOne: true,
    customers: ROWS,
    needsReview: () => false,
    mayBeMatched: () => true,
  };
  const counter = new Counter();
  // Two organizations want one customer equally: half as many ties as rows.
  const answers = numbers.map((i) =>
    counter.answer({
      isConfirmed: false,
      needsReview: false,
      candidates: [{ customer: i >> 1, confidence: 0.95, score: 3, needsPerson: false }],
    } as unknown as Answer),
  );

  it.each([true, false])('come in bounded steps (one-to-one: %s)', (isOneToOne) => {
    const { most, result } = counter.run(decide(answers, { ...rules, isOneToOne }));
    expect(result).toHaveLength(ROWS);
    expect(most).toBeLessThanOrEqual(MOST_LOOKS);
  });

  it('name the others of each tie', () => {
    const { result: decisions } = counter.run(decide(answers, rules));
    numbers.forEach((i) => {
      expect(decisions[i]).toEqual({
        status: 'conflict',
        candidate: 0,
        conflict: { kind: 'tie', organizations: [i ^ 1], customers: [i >> 1] },
      });
    });
  });
});
