import { createHaloClient, type HaloClient, type HaloConfig } from '../index.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { CliContext } from './context.ts';
import { readSettings } from './settings.ts';

/** Returns the settings that the options lead to: those of an embedded Halo with `--demo`. */
export async function connectionConfig(options: ConnectionOptions, context: CliContext): Promise<HaloConfig> {
  if (options.demo !== true) return readSettings(options, context);
  const { createDemoHalo, demoConfig } = await import('./demo-halo.ts');
  return demoConfig(createDemoHalo());
}

/** Returns a client of the Halo that the options lead to. */
export async function connect(options: ConnectionOptions, context: CliContext): Promise<HaloClient> {
  return createHaloClient(await connectionConfig(options, context));
}
