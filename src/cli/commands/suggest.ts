import { extname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { renderHtmlReport } from '../../console/html-report.ts';
import type { MappingProblem, MappingStatus } from '../../mapping/index.ts';
import { withHalo } from '../connect.ts';
import type { Act, CliContext, Handler } from '../context.ts';
import { explain } from '../demo/explain.ts';
import { statusLines } from '../demo/print-suggestions.ts';
import { EXIT } from '../exit-codes.ts';
import { addByOption, type DeciderOptions, deciderOf, nextCommand } from '../mapping-options.ts';
import { BYTE_ORDER_MARK } from '../output/csv.ts';
import { printJson, safeJson } from '../output/json.ts';
import type { Printer } from '../output/printer.ts';
import { plural, printable } from '../output/text.ts';
import { requireFolderOf, writeWholeFile } from '../output/write-file.ts';
import { acceptAll } from '../pending/decide.ts';
import { type MappingFiles, mappingFiles, shownPath } from '../pending/mapping-files.ts';
import { writeSuggestions } from '../pending/pending-files.ts';
import { reviewTable } from '../pending/review-table.ts';
import { type Suggestions, suggestionsOf } from '../pending/suggestions.ts';
import { printRefresh } from '../print-refresh.ts';
import { addRefreshOptions, type RefreshOptions } from '../refresh-options.ts';
import { type Refreshed, refreshedWorkflow } from '../refreshed-workflow.ts';
import { UsageError } from '../usage-error.ts';

const STATUSES = ['matched', 'review', 'conflict', 'unmatched'] as const satisfies MappingStatus[];

interface SuggestOptions extends RefreshOptions, DeciderOptions {
  readonly accept?: 'matched' | undefined;
  readonly show?: MappingStatus | undefined;
  readonly out?: string | undefined;
  readonly html?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Declares `halo-psa suggest`. */
export function define(command: Command, act: Act): void {
  addRefreshOptions(command);
  addByOption(command)
    .addOption(new Option('--accept <status>', 'accept these at once').choices(['matched']))
    .addOption(
      new Option('--show <status>', 'show the suggestions of a status, with reasons').choices(STATUSES),
    )
    .option('--out <file>', 'write the suggestions to a .csv or .json file')
    .option('--html <file>', 'write them as one HTML file, to read and to print')
    .option('--json', 'print the suggestions as JSON')
    .addHelpText(
      'after',
      `
Reads your organizations, Halo's customers and the mapping, says what changed since the last save, and proposes a
customer for every organization that is neither mapped nor ignored. The proposals are kept in
mapping.suggestions.json for "review", "export" and "import". The mapping itself is not changed.

Examples:
  $ halo-psa suggest --organizations orgs.csv
  $ halo-psa suggest --organizations orgs.csv --html report.html
  $ halo-psa suggest --organizations orgs.csv --accept matched && halo-psa save --yes`,
    )
    .action(act(suggest));
}

const suggest: Handler<SuggestOptions> = (options, context) =>
  withHalo(options, context, async (connection) => {
    const format = outFormat(options.out);
    for (const file of [mappingFiles(options, context).mapping, options.out, options.html])
      if (file !== undefined) await requireFolderOf(resolve(context.cwd, file));
    const refreshed = await refreshedWorkflow(options, context, connection);
    const { workflow, refresh, halo, files, saved } = refreshed;
    const report = await workflow.suggest({ signal: context.signal });
    const revision = saved?.revision ?? null;
    const found = suggestionsOf({ instanceId: halo.host, revision, refresh, report });
    await writeSuggestions(files.suggestions, found);
    if (options.out !== undefined && format !== null)
      await writeWholeFile(resolve(context.cwd, options.out), format(found, workflow.document));
    if (options.html !== undefined) {
      const html = await renderHtmlReport(report, {
        instance: options.instance ?? halo.host,
        host: halo.host,
      });
      await writeWholeFile(resolve(context.cwd, options.html), html);
    }
    const accepted =
      options.accept === undefined ? 0 : await acceptMatched(found, refreshed, options, context);
    if (options.json) {
      await printJson(context.out, found);
      return EXIT.ok;
    }
    const { out } = context;
    await printRefresh(out, refresh);
    const { organizations, customers } = report.summary;
    await out.line(
      `${plural(organizations, 'organization')} to map, ${plural(customers, 'customer')} to choose from:\n${statusLines(report)}`,
    );
    await printProblems(out, report.problems);
    if (options.show !== undefined) {
      const shown = report.suggestions.filter(({ status }) => status === options.show);
      if (shown.length > 0) await out.line(explain(shown));
    }
    await printNext(context, { files, found, pending: refreshed.pending.count, accepted }, options);
    return EXIT.ok;
  });

/** Odd rows that are named; the rest is counted. */
const MOST_PROBLEMS = 5;

async function printProblems(out: Printer, problems: readonly MappingProblem[]): Promise<void> {
  if (problems.length === 0) return;
  await out.line(out.paint('yellow', `${plural(problems.length, 'odd row', 'odd rows')} in the lists:`));
  for (const { side, id, message } of problems.slice(0, MOST_PROBLEMS))
    await out.line(`  ${side}, ${printable(String(id))}: ${printable(message)}`);
  if (problems.length > MOST_PROBLEMS) await out.line(`  and ${problems.length - MOST_PROBLEMS} more`);
}

type Format = (found: Suggestions, document: Refreshed['workflow']['document']) => string;

/** What to write, by the ending of the file; refused before anything is read. */
function outFormat(path: string | undefined): Format | null {
  if (path === undefined) return null;
  const ending = extname(path).toLowerCase();
  if (ending === '.csv')
    return (found, document) => BYTE_ORDER_MARK + reviewTable({ suggestions: found, view: document });
  if (ending === '.json') return (found) => `${safeJson(found, 2)}\n`;
  throw new UsageError(`--out ${path} is neither .csv nor .json`);
}

async function acceptMatched(
  { proposals }: Suggestions,
  { pending, saved }: Refreshed,
  options: SuggestOptions,
  context: CliContext,
): Promise<number> {
  const changes = acceptAll(proposals, 'matched', deciderOf(options, context));
  if (changes.length > 0) await pending.decide(changes, saved);
  return changes.length;
}

interface Outcome {
  readonly files: MappingFiles;
  readonly found: Suggestions;
  readonly pending: number;
  readonly accepted: number;
}

async function printNext(context: CliContext, outcome: Outcome, options: SuggestOptions): Promise<void> {
  const { out, cwd } = context;
  const next = (words: string) => nextCommand(words, options, context);
  const { files, found, pending, accepted } = outcome;
  if (accepted > 0) await out.line(`Accepted ${plural(accepted, 'matched suggestion')}; not saved yet.`);
  await out.line(`\nKept in ${shownPath(files.suggestions, cwd)}. Next:`);
  if (found.proposals.length > accepted || found.stale.length > 0) {
    await out.line(`  ${next('review')}`);
    await out.line(`  ${next('export --out review.csv')}  (for a spreadsheet)`);
  }
  const toSave = [pending > 0 ? 'decisions wait' : '', found.renames.length > 0 ? 'new names' : ''].filter(
    Boolean,
  );
  if (toSave.length > 0) await out.line(`  ${next('save')}  (${toSave.join(', ')})`);
}
