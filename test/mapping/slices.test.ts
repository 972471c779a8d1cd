import { beforeAll, describe, expect, it } from 'vitest';
import { drain } from '../../bench/lib/drain.ts';
import { decide } from '../../src/mapping/decide.ts';
import {
  countStepWork,
  STAGE_NAMES,
  type StepWork,
  tiedAnswersOf,
  tiedRulesOf,
} from '../support/step-work.ts';

const ROWS = 600;

/** A step looks at 512 numbers, twice at most, or at the letters of 256 names, of which the number does not grow. */
const MOST_RUNS = 1100;

/** Counting takes seconds, more on a busy machine. */
const MOST_MS = 60_000;

/** Twice the rows are about twice the work: from here on a piece of code grows with them. */
const GROWS = 1.5;

/**
 * Runs once for each word, organization or gram all the same, for some nanoseconds: filling the memory of a question in a
 * constructor, taking a tie's members off a stack, passing over what has had its turn, a place for each new gram.
 */
const CHEAP =
  /^(?:gram-products\.ts:\d+ GramProducts|assign-ties\.ts:\d+ (?:leave|stronglyConnected)|gram-vectors\.ts:\d+)$/;

describe('work between two yields does not grow with the lists', () => {
  let few: StepWork;
  let many: StepWork;

  beforeAll(async () => {
    [few, many] = await countStepWork([ROWS, 2 * ROWS]);
  }, MOST_MS);

  it.each(STAGE_NAMES)('while %s', (stage) => {
    const grown = Object.entries(many[stage]).filter(
      ([piece, runs]) => runs > MOST_RUNS && runs > GROWS * (few[stage][piece] ?? 0) && !CHEAP.test(piece),
    );
    expect(Object.fromEntries(grown)).toEqual({});
  });

  it('is counted by pieces of code that run for each row', () => {
    expect(Object.values(many['customers are checked and indexed']).length).toBeGreaterThan(300);
    for (const stage of STAGE_NAMES)
      expect(Math.max(...Object.values(many[stage])), stage).toBeGreaterThanOrEqual(256);
  });
});

describe('decisions about very many rows', () => {
  it('name the others of each tie', () => {
    const decisions = drain(decide(tiedAnswersOf(ROWS), tiedRulesOf(ROWS, true)));
    expect(decisions).toEqual(
      decisions.map((_, i) => ({
        status: 'conflict',
        candidate: 0,
        conflict: { kind: 'tie', organizations: [i ^ 1], customers: [i >> 1] },
      })),
    );
    expect(decisions).toHaveLength(ROWS);
  });
});
