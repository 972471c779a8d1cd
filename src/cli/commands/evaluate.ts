import { resolve } from 'node:path';
import type { Command } from 'commander';
import { customerFromClient } from '../../index.ts';
import { evaluateMappings, suggestMappingsAsync, type ThresholdAdvice } from '../../mapping/index.ts';
import { withHalo } from '../connect.ts';
import { addConnectionOptions, type ConnectionOptions } from '../connection-options.ts';
import type { Act, CliContext, Handler } from '../context.ts';
import { exampleFile } from '../demo/example-file.ts';
import { printJudgement } from '../demo/print-judgement.ts';
import { EXIT } from '../exit-codes.ts';
import { type ListedRecord, readCustomers, readTruth } from '../input/lists.ts';
import { addCardinalityOption, type MatchingOptions } from '../mapping-options.ts';
import { addOrganizationsOption, organizationsOf } from '../organizations.ts';
import { grid } from '../output/grid.ts';
import { printJson } from '../output/json.ts';
import { percent } from '../output/text.ts';
import { readPages } from '../read-listing.ts';
import { UsageError } from '../usage-error.ts';

interface EvaluateOptions extends ConnectionOptions, MatchingOptions {
  readonly organizations?: string | undefined;
  readonly customers?: string | undefined;
  readonly truth?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Declares `halo-psa evaluate`. */
export function define(command: Command, act: Act): void {
  addOrganizationsOption(addCardinalityOption(addConnectionOptions(command)))
    .option(
      '--truth <file>',
      'the right answers: a CSV file with the columns organization_id and customer_id',
    )
    .option('--customers <file>', 'customers from a CSV file, in place of those in Halo')
    .option('--json', 'print the evaluation as JSON')
    .addHelpText(
      'after',
      `
Suggests mappings, compares them with answers you know (customer_id is empty where no customer is right), and advises
thresholds. Nothing is saved.

Example:
  $ halo-psa evaluate --organizations orgs.csv --truth truth.csv`,
    )
    .action(act(evaluate));
}

const evaluate: Handler<EvaluateOptions> = async (options, context) => {
  const { out, signal } = context;
  const truthFile = truthPath(options, context);
  const { records: organizations } = await organizationsOf(options, context);
  const customers = await customersOf(options, context);
  const truth = readTruth(truthFile, organizations, customers);
  const { cardinality = 'one-to-one' } = options;
  const report = await suggestMappingsAsync(organizations, customers, { cardinality, signal });
  const answers = [...truth].map(([id, { customerIds }]) => [id, [...customerIds]] as const);
  const evaluation = evaluateMappings(report, new Map(answers));
  if (options.json) {
    await printJson(out, evaluation);
    return EXIT.ok;
  }
  printJudgement(report, truth, { customers, examples: 0 }, (text) => void out.line(text));
  await out.line(`\n${thresholdTable(evaluation.thresholds)}`);
  await out.line(
    `The engine uses ${percent(report.thresholds.matched)} for matched and ${percent(report.thresholds.review)} for review.`,
  );
  return EXIT.ok;
};

function truthPath({ truth, organizations, customers, demo }: EvaluateOptions, { cwd }: CliContext): string {
  if (truth !== undefined) return resolve(cwd, truth);
  if (demo === true && organizations === undefined && customers === undefined)
    return exampleFile('truth.csv');
  throw new UsageError(
    'Expected --truth FILE.csv, with the columns organization_id and customer_id',
    'halo-psa evaluate --demo shows it on the example lists.',
  );
}

async function customersOf(options: EvaluateOptions, context: CliContext): Promise<readonly ListedRecord[]> {
  if (options.customers !== undefined) return readCustomers(resolve(context.cwd, options.customers)).records;
  return withHalo(options, context, async ({ halo, progress }) => {
    const { now, signal } = context;
    const listing = halo.clients.list({ includeInactive: true }, { signal });
    const customers: ListedRecord[] = [];
    for await (const page of readPages(listing, { halo, progress, what: 'customers', now })) {
      customers.push(...page.map((client) => ({ ...customerFromClient(client), id: String(client.id) })));
    }
    return customers;
  });
}

function thresholdTable(advice: readonly ThresholdAdvice[]): string {
  return grid(
    [
      { head: 'For a precision of', share: 1 },
      { head: 'threshold', width: 14, align: 'right' },
      { head: 'careful', width: 14, align: 'right' },
      { head: 'recall', width: 14, align: 'right' },
    ],
    advice.map(({ targetPrecision, threshold, safeThreshold, recall }) => [
      percent(targetPrecision),
      threshold === null ? 'none' : percent(threshold),
      safeThreshold === null ? 'none' : percent(safeThreshold),
      percent(recall.value),
    ]),
    'compact',
  );
}
