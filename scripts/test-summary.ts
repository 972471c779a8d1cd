/** Prints "N passed, N failed" from vitest's JSON report: `node scripts/test-summary.ts reports/vitest.json`. */
import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
if (file === undefined) throw new TypeError('Expected the path of a vitest JSON report.');

const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = report as Record<
  string,
  number
>;

// A file that fails to load has no failed test of its own, and must not look green.
const failed = Math.max(numFailedTests ?? 0, (numFailedTestSuites ?? 0) > 0 ? 1 : 0);
const skipped = (numPendingTests ?? 0) > 0 ? `, ${numPendingTests} skipped` : '';
console.log(`${numPassedTests ?? 0} passed, ${failed} failed${skipped}`);
