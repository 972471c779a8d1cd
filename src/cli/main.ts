import { Command, CommanderError, Option } from 'commander';
import { COMMANDS } from './command-list.ts';
import type { Act, CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { printable, reflow } from './output/text.ts';
import { packageVersion } from './version.ts';

const DESCRIPTION = 'Connects to Halo PSA and maps your organizations onto its customers.';
const AFTER_HELP = `
First steps:
  $ halo-psa demo                                   see what it does, without a Halo
  $ halo-psa verify                                 check the connection
  $ halo-psa suggest --organizations orgs.csv       propose a customer for each organization
  $ halo-psa review                                 decide
  $ halo-psa save                                   save what was decided

Every command runs without a Halo too, with --demo. "halo-psa help COMMAND" tells more of each.`;

/**
 * Runs one command line and returns the exit code. Nothing outside the context is touched, so that tests run it in their
 * own process.
 *
 * @param args what follows the program's name
 */
export async function run(args: readonly string[], context: CliContext): Promise<ExitCode> {
  try {
    return await dispatch(args, context);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { printError } = await import('./print-error.ts');
    return printError(error, context, { debug: args.includes('--debug') });
  }
}

async function dispatch(args: readonly string[], context: CliContext): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const act: Act = (handler) => async (options) => {
    exitCode = await handler(options, context);
  };
  const program = createProgram(context);
  const wanted = args.filter((word) => !word.startsWith('-'))[args[0] === 'help' ? 1 : 0];
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).description(summary);
    command.copyInheritedSettings(program);
    // Only the command that runs is loaded: the overview has to be there at once.
    if (name !== wanted) continue;
    (await load()).define(command, act);
    complete(command);
  }
  await program.parseAsync([...args], { from: 'user' });
  return exitCode;
}

/** Adds what every command has; one with parts, such as `clients list`, passes it on to them. */
function complete(command: Command): void {
  for (const part of command.commands) complete(part);
  if (command.commands.length > 0) return;
  command
    .addOption(new Option('--debug', 'print the stack of an error'))
    .showHelpAfterError(`(${pathOf(command)} --help lists the options)`);
}

function pathOf(command: Command): string {
  const { parent } = command;
  return parent === null ? command.name() : `${pathOf(parent)} ${command.name()}`;
}

/** The library's words in the form of every other error. What was typed may have been pasted. */
function usageText(lines: string): string {
  return lines
    .replace(/^error:/, 'halo-psa:')
    .split('\n')
    .map(printable)
    .join('\n');
}

function createProgram({ out, err }: CliContext): Command {
  return (
    new Command('halo-psa')
      .description(DESCRIPTION)
      .version(packageVersion(), '-V, --version', 'show the version')
      .helpOption('-h, --help', 'show this help')
      .helpCommand('help [command]', 'show the help of a command')
      .addHelpText('after', AFTER_HELP)
      .showHelpAfterError('(halo-psa --help lists the commands)')
      .exitOverride()
      // Beside the longest option of a narrow page.
      .configureHelp({ minWidthToWrap: 20 })
      .configureOutput({
        writeOut: (text) => void out.write(reflow(text, out.width)),
        writeErr: (text) => void err.write(reflow(text, err.width)),
        getOutHelpWidth: () => out.width,
        getErrHelpWidth: () => err.width,
        outputError: (text) => void err.write(err.paint('red', usageText(text))),
      })
  );
}
