import type { Command } from 'commander';
import { startConsole } from '../../console/start-console.ts';
import { addConnectionOptions } from '../connection-options.ts';
import { type ConsoleCommandOptions, consoleOptions } from '../console-options.ts';
import type { Act, Handler } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { addByOption, addMappingOption } from '../mapping-options.ts';
import { addOrganizationsOption } from '../organizations.ts';
import { printable } from '../output/text.ts';
import { UsageError } from '../usage-error.ts';
import { wholeNumber } from '../whole-number.ts';

/** Declares `halo-psa console`. */
export function define(command: Command, act: Act): void {
  addConnectionOptions(command);
  addMappingOption(command);
  addOrganizationsOption(command);
  addByOption(command)
    .option('--port <number>', 'port of this machine (default: a free one)', wholeNumber(0, 65_535))
    .addHelpText(
      'after',
      `
Serves a page on this machine: settings with checks, suggestions, review and save. Only who has the printed address
gets in. Several Halos, from HALO_UK_... variables or a settings file, are tabs. Ctrl-C ends it.

Examples:
  $ halo-psa console --demo
  $ halo-psa console --organizations orgs.csv`,
    )
    .action(act(serve));
}

const serve: Handler<ConsoleCommandOptions> = async (options, context) => {
  const { out, err, signal } = context;
  const console = await startConsole({
    ...(await consoleOptions(options, context)),
    onFault: (error) =>
      void err.line(printable(error instanceof Error ? (error.stack ?? '') : String(error))),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(`Port ${options.port} is taken`, 'Choose another one, or leave --port out.');
  });
  await out.line(`The console is at ${out.paint('bold', console.url)}`);
  await err.line(err.paint('dim', 'The address holds its key. Ctrl-C ends the console.'));
  // Being stopped is how a server ends.
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await console.close();
  return EXIT.ok;
};
