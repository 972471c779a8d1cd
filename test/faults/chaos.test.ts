import { describe, expect, it } from 'vitest';
import { chaosCase } from './chaos.ts';
import { playCase } from './invariants.ts';

/** Every seed is one program of random calls against random faults; the long form plays ten thousand. */
const SEEDS = process.env.HALO_PSA_TESTS === 'full' ? 10_000 : 100;
const PER_TEST = 50;

describe('random faults under random calls: nothing doubled, nothing lost in silence, nothing leaked', () => {
  const starts = Array.from({ length: Math.ceil(SEEDS / PER_TEST) }, (_, index) => index * PER_TEST);
  it.each(starts)(`seeds from %i`, { timeout: 120_000 }, async (start) => {
    for (let seed = start; seed < start + PER_TEST; seed += 1) {
      const { problems } = await playCase(chaosCase(seed));
      expect(problems, `seed ${seed}`).toEqual([]);
    }
  });
});
