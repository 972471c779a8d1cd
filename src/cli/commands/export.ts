import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { createJsonFileStore } from '../../stores/index.ts';
import type { Act, Handler } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { addMappingFileOptions, nextCommand, shellWord } from '../mapping-options.ts';
import { BYTE_ORDER_MARK, DELIMITERS } from '../output/csv.ts';
import { writeWholeFile } from '../output/write-file.ts';
import { type MappingFileOptions, mappingFiles } from '../pending/mapping-files.ts';
import { PendingDecisions, readSuggestions } from '../pending/pending-files.ts';
import { type ReviewStatus, reviewTable } from '../pending/review-table.ts';
import { statusListOption } from '../status-list.ts';

interface ExportOptions extends MappingFileOptions {
  readonly out?: string | undefined;
  readonly status?: ReadonlySet<string> | undefined;
  readonly delimiter?: keyof typeof DELIMITERS | undefined;
}

const STATUSES = [
  'stale',
  'matched',
  'review',
  'conflict',
  'unmatched',
  'mapped',
  'ignored',
] as const satisfies ReviewStatus[];

/** Declares `halo-psa export`. */
export function define(command: Command, act: Act): void {
  addMappingFileOptions(command)
    .option('--out <file>', 'the file to write (default: standard output)')
    .addOption(statusListOption(STATUSES))
    .addOption(
      new Option('--delimiter <word>', 'what separates cells, as your spreadsheet expects it')
        .choices(Object.keys(DELIMITERS))
        .default('comma'),
    )
    .addHelpText(
      'after',
      `
In the column "decision" write: accept (the customer in customer_id, which may be changed to another one), reject,
ignore, unmap, or nothing. Then: halo-psa import review.csv

Example:
  $ halo-psa export --status review,conflict --out review.csv`,
    )
    .action(act(exportTable));
}

const exportTable: Handler<ExportOptions> = async (options, context) => {
  const files = mappingFiles(options, context);
  const suggestions = await readSuggestions(files);
  const pending = await PendingDecisions.open(files, suggestions.instanceId);
  const store = createJsonFileStore(files.mapping, { instanceId: suggestions.instanceId });
  const view = pending.view(await store.load());
  const { status: statuses, delimiter } = options;
  const table = reviewTable({ suggestions, view, statuses, delimiter });
  if (options.out === undefined) await context.out.write(table);
  else {
    await writeWholeFile(resolve(context.cwd, options.out), BYTE_ORDER_MARK + table);
    await context.err.line(
      `Written to ${options.out}. Fill in "decision", then: ${nextCommand(`import ${shellWord(options.out)}`, options, context)}`,
    );
  }
  return EXIT.ok;
};
