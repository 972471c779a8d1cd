import { resolve } from 'node:path';
import type { Command } from 'commander';
import { createJsonFileStore } from '../../stores/index.ts';
import type { Act, CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import {
  addByOption,
  addMappingFileOptions,
  type DeciderOptions,
  deciderOf,
  nextCommand,
} from '../mapping-options.ts';
import { type MappingFileOptions, mappingFiles } from '../pending/mapping-files.ts';
import { PendingDecisions, readSuggestions } from '../pending/pending-files.ts';
import { readDecidedTable } from '../pending/read-decided-table.ts';

interface ImportOptions extends MappingFileOptions, DeciderOptions {}

/** Declares `halo-psa import`. */
export function define(command: Command, act: Act): void {
  command.argument('<file>', 'the CSV file that export wrote, with decisions filled in');
  addByOption(addMappingFileOptions(command))
    .addHelpText(
      'after',
      `
Takes all decisions of the file, or none when a row cannot be understood. They wait for "save".

Example:
  $ halo-psa import review.csv && halo-psa save`,
    )
    .action((file: string, options: ImportOptions) =>
      act<ImportOptions>((given, context) => importTable(file, given, context))(options),
    );
}

async function importTable(file: string, options: ImportOptions, context: CliContext): Promise<ExitCode> {
  const files = mappingFiles(options, context);
  const suggestions = await readSuggestions(files);
  const pending = await PendingDecisions.open(files, suggestions.instanceId);
  const document = await createJsonFileStore(files.mapping, { instanceId: suggestions.instanceId }).load();
  const { changes, counts } = readDecidedTable(resolve(context.cwd, file), {
    suggestions,
    view: pending.view(document),
    who: deciderOf(options, context),
  });
  if (changes.length > 0) await pending.decide(changes, document);
  const { accept, reject, ignore, unmap, none } = counts;
  await context.out.line(
    `${accept} accepted, ${reject} rejected, ${ignore} ignored, ${unmap} unmapped, ${none} without a decision.`,
  );
  if (pending.count > 0) await context.out.line(`Next: ${nextCommand('save', options, context)}`);
  return EXIT.ok;
}
