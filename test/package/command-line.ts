import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** What a run of the built command ended with. */
export interface CommandRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const BIN = 'node_modules/halo-psa/dist/cli/halo-psa.js';

/** The command as a shell would be told to run it. */
export const COMMAND = `${process.execPath} ${BIN}`;

/** Runs the installed command in a consumer's folder, without a terminal. */
export function runCommand(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): CommandRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  return { code: status, out: stdout, err: stderr };
}

/** Starts it, to be stopped while it runs. */
export function startCommand(
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { cwd, env: { PATH: process.env.PATH, ...env } });
}
