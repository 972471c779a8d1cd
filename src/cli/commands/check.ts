import { type Command, Option } from 'commander';
import { checkProblems } from '../check-problems.ts';
import { withHalo } from '../connect.ts';
import type { Act, Handler } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { printJson } from '../output/json.ts';
import { shownPath } from '../pending/mapping-files.ts';
import { printRefresh } from '../print-refresh.ts';
import { addRefreshOptions, type RefreshOptions } from '../refresh-options.ts';
import { refreshedWorkflow } from '../refreshed-workflow.ts';
import { wholeNumber } from '../whole-number.ts';

interface CheckOptions extends RefreshOptions {
  readonly maxUnmatched: number;
  readonly maxStale: number;
  readonly json?: boolean | undefined;
}

/** Declares `halo-psa check`. */
export function define(command: Command, act: Act): void {
  addRefreshOptions(command);
  command
    .addOption(
      new Option('--max-unmatched <n>', 'organizations that may be neither mapped nor ignored')
        .argParser(wholeNumber(0))
        .default(0),
    )
    .addOption(
      new Option('--max-stale <n>', 'saved mappings that may no longer hold')
        .argParser(wholeNumber(0))
        .default(0),
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Reads both sides, changes nothing, and ends with 1 when the saved mapping is not in order.

Example:
  $ halo-psa check --organizations orgs.csv --max-unmatched 10`,
    )
    .action(act(check));
}

const check: Handler<CheckOptions> = (options, context) =>
  withHalo(options, context, async (connection) => {
    const { out, err } = context;
    const refreshed = await refreshedWorkflow(options, context, connection, { pending: false });
    const { workflow, refresh, pending, files, saved } = refreshed;
    const { maxUnmatched, maxStale } = options;
    const result = workflow.check({ maxUnmatched, maxStale });
    if (options.json) await printJson(out, { ...result, summary: refresh.summary, stale: refresh.stale });
    else {
      const { mapped, ignored, unmapped, stale } = refresh.summary;
      await printRefresh(out, refresh);
      if (saved === null)
        await out.line(`No mapping is saved yet in ${shownPath(files.mapping, context.cwd)}.`);
      await out.line(`${mapped} mapped, ${ignored} ignored, ${unmapped} not mapped, ${stale} stale`);
      for (const problem of checkProblems(result, { maxUnmatched, maxStale }, refresh))
        await out.line(`${out.paint('red', '✗')} ${problem}`);
      if (result.ok) await out.line(`${out.paint('green', '✓')} The mapping is in order.`);
    }
    if (pending.count > 0) await err.line('Decisions wait for halo-psa save; they are not counted.');
    return result.ok ? EXIT.ok : EXIT.notInOrder;
  });
