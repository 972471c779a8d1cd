/** Prints "N passed, N failed" from vitest's JSON reports: `node scripts/test-summary.ts reports/vitest.json ...`. */
import { existsSync, readFileSync } from 'node:fs';

/** Counts of one report. */
interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

function readCounts(file: string): Counts {
  // A run that ended before it wrote its report must not look green either.
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const report: Record<string, number | undefined> = JSON.parse(readFileSync(file, 'utf8'));
  const { numPassedTests = 0, numFailedTests = 0, numFailedTestSuites = 0, numPendingTests = 0 } = report;
  // A file that fails to load has no failed test of its own, and must not look green.
  const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}

const files = process.argv.slice(2);
if (files.length === 0) throw new TypeError("Expected the paths of vitest's JSON reports.");

const all = files.map(readCounts);
const sum = (count: keyof Counts) => all.reduce((total, counts) => total + counts[count], 0);
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
