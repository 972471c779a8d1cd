import type { ExitCode } from './exit-codes.ts';

/** The user stopped the program, or nobody reads its output any more. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}
