import type { FaultRow } from './fault-case.ts';
import { type CaseResult, playCase } from './invariants.ts';

/** What came of a row: every variant of it, none where it was left out. */
export interface RowResult {
  readonly row: FaultRow;
  readonly cases: readonly CaseResult[];
}

/** Plays rows one after the other, since each case watches the whole process. */
export async function playMatrix(
  rows: readonly FaultRow[],
  onRow: (result: RowResult) => void = () => undefined,
): Promise<RowResult[]> {
  const results: RowResult[] = [];
  for (const row of rows) {
    const cases: CaseResult[] = [];
    for (const faultCase of row.cases) cases.push(await playCase(faultCase));
    const result = { row, cases };
    results.push(result);
    onRow(result);
  }
  return results;
}

/** Whether every variant passed. */
export function passed({ cases }: RowResult): boolean {
  return cases.every(({ problems }) => problems.length === 0);
}
