import type { ExitCode } from './exit-codes.ts';
import type { Printer } from './output/printer.ts';
import type { Prompts } from './prompts.ts';

/** Everything a command gets from the world around it, so that a test can be that world. */
export interface CliContext {
  /** Results. */
  readonly out: Printer;
  /** Progress, questions and problems, so that results can be piped. */
  readonly err: Printer;
  readonly prompts: Prompts;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Aborts when the user stops the program; its reason says how. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** What a command does with its options; the number is the exit code. */
export type Handler<Options> = (options: Options, context: CliContext) => Promise<ExitCode>;

/** Makes a handler the action of a command. */
export type Act = <Options>(handler: Handler<Options>) => (options: Options) => Promise<void>;
