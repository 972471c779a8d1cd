import { type Command, Option } from 'commander';
import { createJsonFileStore } from '../../stores/index.ts';
import { HaloMappingStoreError, type MappingDocument } from '../../workflow/index.ts';
import type { Act, CliContext, Handler } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import {
  addCardinalityOption,
  addMappingFileOptions,
  isManyToOne,
  type MatchingOptions,
} from '../mapping-options.ts';
import { plural } from '../output/text.ts';
import { type Decisions, noDecisions } from '../pending/decisions.ts';
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

/** As often as others may get in between before it is told as a conflict. */
const TRIES = 3;
/** More than this nobody reads before saying yes. */
const MOST_CHANGES = 40;

interface Saving {
  readonly files: MappingFiles;
  readonly suggestions: Suggestions;
  readonly pending: PendingDecisions;
}

async function saveDecisions(
  saving: Saving,
  options: SaveOptions,
  context: CliContext,
  triesLeft = TRIES,
): Promise<ExitCode> {
  const { files, suggestions, pending } = saving;
  const { out, signal, cwd } = context;
  const store = createJsonFileStore(files.mapping, { instanceId: suggestions.instanceId });
  const current = await store.load();
  const merge = mergeKeeping(saving, current, options);
  if (merge.clashes.length > 0 && options.keep === undefined) return refuse(context, merge);
  const isDryRun = options.dryRun === true;
  await printChanges(out, merge, isDryRun ? Number.POSITIVE_INFINITY : MOST_CHANGES);
  if (merge.rows.length === 0) await out.line('Nothing to save.');
  if (isDryRun) return EXIT.ok;
  if (merge.rows.length > 0) {
    if (options.yes !== true && !(await agrees(context, merge))) {
      await out.line('Not saved. The decisions wait.');
      return EXIT.ok;
    }
    signal.throwIfAborted();
    try {
      await store.save(merge.next, current?.revision ?? null);
    } catch (error) {
      if (!isConflict(error) || triesLeft === 0) throw error;
      await out.line('Someone else saved just now; looking at it again.');
      return saveDecisions(saving, options, context, triesLeft - 1);
    }
    await out.line(
      `Saved ${plural(merge.rows.length, 'change')} in ${shownPath(files.mapping, cwd)}, revision ${merge.next.revision}.`,
    );
  }
  await pending.replace(noDecisions(suggestions.instanceId));
  return EXIT.ok;
}

/** Puts the decisions onto what is saved; with `--keep theirs` without those that contradict it. */
function mergeKeeping(
  { suggestions, pending }: Saving,
  current: MappingDocument | null,
  options: SaveOptions,
): Merge {
  const merge = (decisions: Decisions) =>
    mergeDecisions({
      current,
      decisions,
      renames: renamesFor(suggestions, current),
      isManyToOne: isManyToOne(options),
    });
  let decisions = pending.all;
  let merged = merge(decisions);
  // Giving one decision up can make another one clash.
  while (options.keep === 'theirs' && merged.clashes.length > 0) {
    const ids = new Set(merged.clashes.map(({ organizationId }) => String(organizationId)));
    decisions = withoutOrganizations(decisions, ids);
    merged = merge(decisions);
  }
  return merged;
}

function isConflict(error: unknown): boolean {
  return error instanceof HaloMappingStoreError && error.code === 'HALO_MAPPING_STORE_CONFLICT';
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

async function agrees({ prompts }: CliContext, { rows }: Merge): Promise<boolean> {
  if (!prompts.isInteractive)
    throw new UsageError('There is nobody to ask whether to save', 'Add --yes, or --dry-run to look only.');
  return prompts.confirm(`Save ${plural(rows.length, 'change')}?`);
}
