import { describe, expect, it } from 'vitest';
import type { FaultRow } from './fault-case.ts';
import { playCase } from './invariants.ts';

/** Makes one test of each case. */
export function describeRows(rows: readonly FaultRow[]): void {
  for (const { number, title, cases, left } of rows) {
    if (left !== undefined) continue;
    describe(`fault ${number}, ${title}`, () => {
      it.each(cases.map((faultCase) => [faultCase.variant, faultCase] as const))(
        '%s',
        async (_, faultCase) => {
          const { problems } = await playCase(faultCase);
          expect(problems).toEqual([]);
        },
      );
    });
  }
}
