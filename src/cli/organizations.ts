import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CliContext } from './context.ts';
import { exampleFile } from './demo/example-file.ts';
import { type RecordList, readOrganizations } from './input/lists.ts';
import { printable } from './output/text.ts';
import { UsageError } from './usage-error.ts';

/** Options that say where the caller's organizations are. */
export interface OrganizationsOptions {
  readonly organizations?: string | undefined;
  readonly demo?: boolean | undefined;
}

/** Adds `--organizations`. */
export function addOrganizationsOption(command: Command): Command {
  return command.option(
    '--organizations <file>',
    'your organizations: a CSV file with the columns id and name',
  );
}

/** Reads the caller's organizations: with `--demo` and no file, those of the example. */
export async function organizationsOf(
  { organizations, demo }: OrganizationsOptions,
  { cwd, err }: CliContext,
): Promise<RecordList> {
  if (organizations === undefined && demo !== true) {
    throw new UsageError(
      'Expected --organizations FILE.csv, with the columns id and name',
      'Write your organizations into a CSV file, or try --demo.',
    );
  }
  const list = readOrganizations(
    organizations === undefined ? exampleFile('organizations.csv') : resolve(cwd, organizations),
  );
  if (list.unused.length > 0 && organizations !== undefined)
    await err.line(err.paint('dim', `columns not used: ${list.unused.map(printable).join(', ')}`));
  return list;
}
