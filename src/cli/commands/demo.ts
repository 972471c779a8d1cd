import { type Command, Option } from 'commander';
import type { Act, Handler } from '../context.ts';
import {
  CARDINALITIES,
  DEFAULT_EXAMPLES,
  type DemoArguments,
  type DemoOptions,
  demoArguments,
} from '../demo/demo-arguments.ts';
import { runDemo } from '../demo/run-demo.ts';
import { EXIT } from '../exit-codes.ts';
import { InputError } from '../input/input-error.ts';
import { UsageError } from '../usage-error.ts';

/** Declares `halo-psa demo`. */
export function define(command: Command, act: Act): void {
  command
    .option('--organizations <file>', 'your list: a CSV file with the columns id and name')
    .option('--customers <file>', 'the customers as Halo holds them, with the columns id and name')
    .option('--truth <file>', 'the right answers, with the columns organization_id and customer_id')
    .addOption(
      new Option('--cardinality <word>', 'whether one customer may be several organizations').choices(
        CARDINALITIES,
      ),
    )
    .option('--examples <n>', `suggestions shown per status (default: ${DEFAULT_EXAMPLES})`)
    .addHelpText(
      'after',
      `
Lists customers from a fake Halo on this machine and suggests which organization is which customer, on real
organization names or on your own two lists. Nothing leaves this machine.

Example:
  $ halo-psa demo --organizations orgs.csv --customers customers.csv`,
    )
    .action(act(demo));
}

const demo: Handler<DemoOptions> = async (options, { out, signal }) => {
  await runDemo(usable(options), (text) => void out.line(text), signal);
  return EXIT.ok;
};

/** Options that do not fit together are a matter of the command line, not of a file. */
function usable(options: DemoOptions): DemoArguments {
  try {
    return demoArguments(options);
  } catch (error) {
    throw error instanceof InputError ? new UsageError(error.message) : error;
  }
}
