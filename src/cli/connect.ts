import { createHaloClient, type HaloClient, type HaloConfig } from '../index.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { CliContext } from './context.ts';
import { createProgress, type Progress } from './output/progress.ts';
import { readSettings } from './settings.ts';

/** Returns the settings that the options lead to: those of an embedded Halo with `--demo`. */
export async function connectionConfig(options: ConnectionOptions, context: CliContext): Promise<HaloConfig> {
  if (options.demo !== true) return readSettings(options, context);
  const { createDemoHalo, demoConfig } = await import('./demo-halo.ts');
  return demoConfig(createDemoHalo());
}

/** A client, and the line that shows what it waits for. */
export interface Connection {
  readonly halo: HaloClient;
  readonly progress: Progress;
}

/** Runs an action with a client of the Halo that the options lead to, and closes it. */
export async function withHalo<Result>(
  options: ConnectionOptions,
  context: CliContext,
  action: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const config = await connectionConfig(options, context);
  const progress = createProgress(context.err, context.now);
  await using halo = createHaloClient({ ...config, logger: progress.logger });
  try {
    return await action({ halo, progress });
  } finally {
    progress.clear();
  }
}
