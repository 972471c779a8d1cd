import { type Command, Option } from 'commander';
import { createJsonFileStore } from '../../stores/index.ts';
import type { MappingDocument } from '../../workflow/index.ts';
import { debugOption } from '../connection-options.ts';
import type { Act, CliContext, Handler } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import {
  addCardinalityOption,
  addMappingFileOptions,
  isManyToOne,
  type MatchingOptions,
} from '../mapping-options.ts';
import { plural } from '../output/text.ts';
import { noDecisions } from '../pending/decisions.ts';
import { printChanges, printClashes } from '../pending/describe-merge.ts';
import {
  type MappingFileOptions,
  type MappingFiles,
  mappingFiles,
  shownPath,
} from '../pending/mapping-files.ts';
import { type Merge, mergeDecisions, withoutOrganizations } from '../pending/merge-decisions.ts';
import { PendingDecisions, readSuggestions } from '../pending/pending-files.ts';
import type { Suggestions } from '../pending/suggestions.ts';
import { UsageError } from '../usage-error.ts';

interface SaveOptions extends MappingFileOptions, MatchingOptions {
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly keep?: 'mine' | 'theirs' | undefined;
}

/** Declares `halo-psa save`. */
export function define(command: Command, act: Act): void {
  addCardinalityOption(addMappingFileOptions(command))
    .option('-y, --yes', 'save without asking')
    .option('--dry-run', 'only show what would change')
    .addOption(
      new Option(
        '--keep <side>',
        'where someone else has saved otherwise: keep your decisions, or theirs',
      ).choices(['mine', 'theirs']),
    )
    .addOption(debugOption())
    .addHelpText(
      'after',
      `
Shows what the decisions of "review", "import" and "suggest --accept" change, asks, and saves the mapping. When someone
else saved meanwhile, decisions that do not touch theirs are put on top; others end with 5, and nothing is lost.

Example:
  $ halo-psa save --yes`,
    )
    .action(act(save));
}

/** Shows what the pending decisions change, asks, and saves. */
export const save: Handler<SaveOptions> = async (options, context) => {
  const files = mappingFiles(options, context);
  const suggestions = await readSuggestions(files);
  const pending = await PendingDecisions.open(files, suggestions.instanceId);
  return saveDecisions({ files, suggestions, pending }, options, context);
};

/** More than this nobody reads before saying yes. */
const MOST_CHANGES = 40;

interface Saving {
  readonly files: MappingFiles;
  readonly suggestions: Suggestions;
  readonly pending: PendingDecisions;
}

async function saveDecisions(saving: Saving, options: SaveOptions, context: CliContext): Promise<ExitCode> {
  const { files, suggestions, pending } = saving;
  const { out, signal, cwd } = context;
  const store = createJsonFileStore(files.mapping, { instanceId: suggestions.instanceId });
  const current = await store.load();
  const merged = mergeDecisions({
    current,
    decisions: pending.all,
    renames: renamesFor(suggestions, current),
    isManyToOne: isManyToOne(options),
  });
  if (merged.clashes.length > 0 && options.keep === undefined) return refuse(context, merged);
  const merge = options.keep === 'theirs' ? await giveWay(saving, merged, current, options) : merged;
  if (merge.rows.length === 0) {
    await out.line('Nothing to save.');
    return EXIT.ok;
  }
  await printChanges(out, merge, options.dryRun === true ? Number.POSITIVE_INFINITY : MOST_CHANGES);
  if (options.dryRun === true) return EXIT.ok;
  if (options.yes !== true && !(await agrees(context, merge))) {
    await out.line('Not saved. The decisions wait.');
    return EXIT.ok;
  }
  signal.throwIfAborted();
  await store.save(merge.next, current?.revision ?? null);
  await pending.replace(noDecisions(suggestions.instanceId));
  await out.line(
    `Saved ${plural(merge.rows.length, 'change')} in ${shownPath(files.mapping, cwd)}, revision ${merge.next.revision}.`,
  );
  return EXIT.ok;
}

/** New names are news only until someone has saved since. */
function renamesFor(
  { renames, revision }: Suggestions,
  current: MappingDocument | null,
): Suggestions['renames'] {
  return (current?.revision ?? null) === revision ? renames : [];
}

async function refuse({ err }: CliContext, { clashes }: Merge): Promise<ExitCode> {
  await err.line(err.paint('red', 'Not saved: these decisions contradict what is saved now.'));
  await printClashes(err, clashes);
  await err.line(
    `  ${err.paint('cyan', 'hint: ')} "save --keep mine" saves your decisions all the same, "save --keep theirs" drops them. A customer of several organizations: --cardinality many-to-one.`,
  );
  return EXIT.conflict;
}

/** Drops the decisions that contradict what others saved. */
async function giveWay(
  { suggestions, pending }: Saving,
  { clashes }: Merge,
  current: MappingDocument | null,
  options: SaveOptions,
): Promise<Merge> {
  const ids = new Set(clashes.map(({ organizationId }) => String(organizationId)));
  await pending.replace(withoutOrganizations(pending.all, ids));
  return mergeDecisions({
    current,
    decisions: pending.all,
    renames: renamesFor(suggestions, current),
    isManyToOne: isManyToOne(options),
  });
}

async function agrees({ prompts }: CliContext, { rows }: Merge): Promise<boolean> {
  if (!prompts.isInteractive)
    throw new UsageError('There is nobody to ask whether to save', 'Add --yes, or --dry-run to look only.');
  return prompts.confirm(`Save ${plural(rows.length, 'change')}?`);
}
