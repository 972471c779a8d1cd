import { performance } from 'node:perf_hooks';
import { suggestMappingsAsync } from '../../mapping/index.ts';
import { type RecordList, readCustomers, readOrganizations, readTruth } from '../input/lists.ts';
import { duration, pageWidth, paint, printable, wrap } from '../output/text.ts';
import type { DemoArguments } from './demo-arguments.ts';
import { type HaloListing, listThroughHalo } from './halo.ts';
import { printJudgement } from './print-judgement.ts';
import { printExamples, printSummary } from './print-suggestions.ts';

type Print = (text: string) => void;

/**
 * Runs the demo and prints its sections, until the signal stops it.
 *
 * @throws {InputError} when a file cannot be used
 */
export async function runDemo(options: DemoArguments, write: Print, signal?: AbortSignal): Promise<void> {
  // Tables are made to fit already; their frames have no spaces to break at.
  const print: Print = (text) => write(text.includes('│') ? text : wrap(text, pageWidth()));
  const begin = performance.now();
  const { cardinality, examples } = options;
  const title = (text: string) => print(`\n${paint(['bold', 'cyan'], text)}`);

  const { records: organizations, ...organizationFile } = readOrganizations(options.organizations);
  const { records: inFile, ...customerFile } = readCustomers(options.customers);
  const truth = options.truth === null ? null : readTruth(options.truth, organizations, inFile);
  print(paint('bold', 'Which of your organizations is which customer in Halo?'));
  title('1. The lists');
  if (options.bundled)
    print('Real organizations, under the names that different tools hold; see examples/data/README.md.');
  print(listLine('organizations', organizations.length, options.bundled ? null : organizationFile));
  print(listLine('customers', inFile.length, options.bundled ? null : customerFile));

  title('2. Customers, listed through the API');
  const listed = await timed(() => listThroughHalo(inFile));
  printListing(listed.value, listed.ms, print);

  title('3. Suggested mappings');
  const { customers } = listed.value;
  const suggested = await timed(() =>
    suggestMappingsAsync(organizations, customers, { cardinality, ...(signal && { signal }) }),
  );
  printSummary(suggested.value, suggested.ms, print);
  printExamples(suggested.value, examples, print);

  if (truth) {
    title('4. Against the known truth');
    printJudgement(suggested.value, truth, { customers, examples }, print);
  } else {
    print('\nGive --truth FILE.csv to see precision, recall and the errors.');
  }
  print(`Done in ${duration(performance.now() - begin)}.`);
}

function listLine(name: string, count: number, file: Pick<RecordList, 'file' | 'unused'> | null): string {
  const figures = `${name.padEnd(13)} ${String(count).padStart(6)}`;
  if (file === null) return figures;
  const unused = file.unused.length > 0 ? `; columns not used: ${file.unused.map(printable).join(', ')}` : '';
  return `${figures}   ${printable(file.file)}${unused}`;
}

function printListing({ url, report }: HaloListing, ms: number, print: Print): void {
  const { complete, expected, received, pages } = report;
  print(`A fake Halo answers on ${url}; the SDK signs in and reads page by page.`);
  print(
    `complete: ${paint(complete ? 'green' : 'red', complete ? 'yes' : 'no')}   expected: ${expected ?? 'not told'}   ` +
      `received: ${received}   pages: ${pages}   (${duration(ms)})`,
  );
}

async function timed<T>(action: () => T | Promise<T>): Promise<{ value: T; ms: number }> {
  const begin = performance.now();
  const value = await action();
  return { value, ms: performance.now() - begin };
}
