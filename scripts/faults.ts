// npm run faults: plays every fault, prints the matrix and the headline figures, and fails when one does.
import { parseArgs } from 'node:util';
import type { FaultGroup } from '../test/faults/fault-case.ts';
import { type Figure, figures, OTHERS } from '../test/faults/figures.ts';
import { matrix } from '../test/faults/matrix.ts';
import { passed, playMatrix, type RowResult } from '../test/faults/play-matrix.ts';

const { values } = parseArgs({ options: { soak: { type: 'string', default: '100000' } } });

const INTRODUCTION = `Fault matrix

A real client is played against every fault, in one or more cases. A case also fails when a secret
shows anywhere, something is left open or unhandled, or the client does not work afterwards.
token, api: requests that the token endpoint and the API saw, the least and the most of the cases.
`;
const HEADINGS: Readonly<Record<FaultGroup, string>> = {
  token: 'The token endpoint',
  transport: 'The line to the API',
  answers: 'What the API answers',
  limits: 'Rate limit and pages',
  hosts: 'Hosts, tenants and ids',
  files: 'The mapping file',
  tls: 'Certificates',
};
const TITLE_WIDTH = 67;

function line(number: string, verdict: string, title: string, ...counts: readonly string[]): string {
  const [cases = '', token = '', api = ''] = counts;
  const named = title.padEnd(TITLE_WIDTH);
  return `${number.padStart(4)}  ${verdict.padEnd(4)}  ${named}${cases.padStart(6)}${token.padStart(6)}${api.padStart(9)}`.trimEnd();
}

/** Requests as a reader counts them: one number, or the least and the most of the cases. */
function span(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(least) : `${least}-${most}`;
}

let group: FaultGroup | undefined;

function printRow(result: RowResult): void {
  const { row, cases } = result;
  if (row.group !== group) {
    group = row.group;
    console.log(`\n${line('', '', HEADINGS[group], 'cases', 'token', 'api')}`);
  }
  if (row.left !== undefined) {
    console.log(line(String(row.number), 'left', `${row.title} (${row.left})`));
    return;
  }
  const requests = [span(cases.map(({ token }) => token)), span(cases.map(({ api }) => api))];
  const verdict = passed(result) ? 'pass' : 'FAIL';
  console.log(line(String(row.number), verdict, row.title, String(cases.length), ...requests));
  for (const { variant, problems } of cases) {
    for (const problem of problems) console.log(`            ${variant}: ${problem}`);
  }
}

function printFigure({ id, title, target, best, usual }: Figure, value: string, ok: boolean): void {
  console.log(line(id, ok ? 'pass' : 'MISS', title));
  const facts = [
    ['halo-psa', value],
    ['target', target],
    ['best other', best],
    ['usual', usual],
  ];
  for (const [what = '', fact = ''] of facts) {
    if (fact !== '') console.log(`            ${what.padEnd(12)}${fact}`);
  }
}

console.log(INTRODUCTION.trimEnd());
const startMs = performance.now();
const results = await playMatrix(matrix, printRow);

console.log('\nHeadline figures, beside what other clients were measured at\n');
let missed = 0;
for (const figure of figures) {
  const { value, ok } = await figure.measure({ results, soakRequests: Number(values.soak) });
  if (!ok) missed += 1;
  printFigure(figure, value, ok);
}
console.log(`\n${OTHERS}`);

const failed = results.filter((result) => !passed(result));
const left = results.filter(({ row }) => row.left !== undefined);
const played = results.length - left.length;
const cases = results.reduce((sum, result) => sum + result.cases.length, 0);
console.log(
  `\n${played - failed.length} of ${played} rows pass (${cases} cases), ${left.length} left out, ` +
    `${figures.length - missed} of ${figures.length} figures reached, ${Math.round((performance.now() - startMs) / 1000)} s`,
);
process.exit(failed.length + missed === 0 ? 0 : 1);
