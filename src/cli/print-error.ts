import { HaloConfigError, type HaloError, HaloMappingStoreError, isHaloError } from '../index.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { InputError } from './input/input-error.ts';
import { Interruption } from './interruption.ts';
import { printable } from './output/text.ts';
import { UsageError } from './usage-error.ts';

/** An error in the form in which it is shown. */
interface Told {
  readonly exitCode: ExitCode;
  /** What failed. */
  readonly what: string;
  /** Why, one line each. */
  readonly causes: readonly string[];
  /** What to do. */
  readonly hint: string | undefined;
}

/** More than this is the wrong file altogether. */
const MOST_CAUSES = 8;

/** Prints an error: what failed, why, and what to do; with `debug` its stack as well. Returns the exit code. */
export async function printError(
  error: unknown,
  { err, signal }: CliContext,
  { debug }: { readonly debug: boolean },
): Promise<ExitCode> {
  const { exitCode, what, causes, hint } = tell(signal.aborted ? signal.reason : error);
  if (what !== '') await err.line(`${err.paint('red', 'halo-psa:')} ${printable(what)}`);
  for (const cause of causes.slice(0, MOST_CAUSES))
    await err.line(`  ${err.paint('dim', 'cause:')} ${printable(cause)}`);
  if (causes.length > MOST_CAUSES) await err.line(`  and ${causes.length - MOST_CAUSES} more`);
  if (hint !== undefined) await err.line(`  ${err.paint('cyan', 'hint: ')} ${printable(hint)}`);
  if (debug && error instanceof Error) await err.line(`\n${error.stack ?? ''}`);
  return exitCode;
}

function tell(error: unknown): Told {
  if (error instanceof Interruption)
    return { exitCode: error.exitCode, what: error.message, causes: [], hint: undefined };
  if (isPromptExit(error))
    return { exitCode: EXIT.interrupted, what: 'Stopped.', causes: [], hint: undefined };
  if (error instanceof UsageError)
    return { exitCode: EXIT.usage, what: error.message, causes: [], hint: error.hint };
  if (error instanceof InputError)
    return { exitCode: EXIT.file, what: error.message, causes: [], hint: undefined };
  if (isHaloError(error)) return tellHalo(error);
  if (isSystemError(error))
    return {
      exitCode: EXIT.file,
      what: error.message,
      causes: [],
      hint: 'Check the path and its permissions.',
    };
  return {
    exitCode: EXIT.internal,
    what: `This should not have happened: ${error instanceof Error ? error.message : String(error)}`,
    causes: [],
    hint: 'Run it again with --debug, and report what it prints.',
  };
}

function tellHalo(error: HaloError): Told {
  if (error instanceof HaloConfigError) {
    return {
      exitCode: EXIT.usage,
      what: 'The Halo settings cannot be used.',
      causes: error.issues.map(({ field, message, hint }) => `${field} ${message}. ${hint}`),
      hint: 'Without a Halo, try any command with --demo.',
    };
  }
  const exitCode =
    error instanceof HaloMappingStoreError
      ? error.code === 'HALO_MAPPING_STORE_CONFLICT'
        ? EXIT.conflict
        : EXIT.file
      : EXIT.halo;
  const request = [error.method, error.path].filter((part) => part !== undefined).join(' ');
  const cause = [error.code, request, error.status === undefined ? '' : `status ${error.status}`];
  return {
    exitCode,
    what: withoutHint(error),
    causes: [cause.filter((part) => part !== '').join(', ')],
    hint: error.hint,
  };
}

/** A message ends with its hint, which has a line of its own here. */
function withoutHint({ message, hint }: HaloError): string {
  return message.endsWith(hint) ? message.slice(0, -hint.length).trimEnd() : message;
}

/** Ctrl-C at a question of the prompt library. */
function isPromptExit(error: unknown): boolean {
  return error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}
