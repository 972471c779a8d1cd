// npm run faults: plays every fault, prints the matrix and the headline figures, and fails when one does.
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { figures, OTHERS } from '../test/faults/figures.ts';
import { matrix } from '../test/faults/matrix.ts';
import { passed, playMatrix, type RowResult } from '../test/faults/play-matrix.ts';

const { values } = parseArgs({ options: { soak: { type: 'string', default: '100000' } } });

/** Requests as a reader counts them: one number, or the least and the most of the variants. */
function span(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(least) : `${least}-${most}`;
}

function printRow(result: RowResult): void {
  const { row, cases } = result;
  const number = String(row.number).padStart(4);
  if (row.left !== undefined) {
    console.log(`${number}  ----  ${row.title}: ${row.left}`);
    return;
  }
  const counts = `${cases.length} case${cases.length === 1 ? '' : 's'}, token ${span(cases.map(({ token }) => token))}, api ${span(cases.map(({ api }) => api))}`;
  console.log(`${number}  ${passed(result) ? 'pass' : 'FAIL'}  ${row.title} (${counts})`);
  for (const { variant, problems } of cases) {
    for (const problem of problems) console.log(`            ${variant}: ${problem}`);
  }
}

console.log('Fault matrix\n');
const startMs = performance.now();
const results = await playMatrix(matrix, printRow);

console.log('\nHeadline figures\n');
const table = new Table({
  head: ['', 'figure', 'target', 'halo-psa', 'best other', 'usual'],
  colWidths: [5, 40, 16, 30, 28, 34],
  wordWrap: true,
  style: { head: [], border: [] },
});
let missed = 0;
for (const { id, title, target, best, usual, measure } of figures) {
  const { value, ok } = await measure({ results, soakRequests: Number(values.soak) });
  if (!ok) missed += 1;
  table.push([id, title, target, `${value}${ok ? '' : '  MISSED'}`, best, usual]);
}
console.log(table.toString());
console.log(OTHERS);

const failed = results.filter((result) => !passed(result));
const left = results.filter(({ row }) => row.left !== undefined);
const played = results.length - left.length;
const cases = results.reduce((sum, result) => sum + result.cases.length, 0);
console.log(
  `\n${played - failed.length} of ${played} rows pass (${cases} cases), ${left.length} not built, ${missed} figures missed, ${Math.round((performance.now() - startMs) / 1000)} s`,
);
process.exit(failed.length + missed === 0 ? 0 : 1);
