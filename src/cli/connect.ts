import {
  createHaloClient,
  type HaloClient,
  type HaloConfig,
  HaloConfigError,
  type HaloConfigIssue,
} from '../index.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { CliContext } from './context.ts';
import { createProgress, type Progress } from './output/progress.ts';
import { definedOf, envInstances, readSettings, UNNAMED } from './settings.ts';
import { fileInstances } from './settings-file.ts';
import { UsageError } from './usage-error.ts';

/** Returns the settings that the options lead to: those of an embedded Halo with `--demo`. */
async function connectionConfig(options: ConnectionOptions, context: CliContext): Promise<HaloConfig> {
  if (options.demo !== true) return readSettings(options, context);
  const { createDemoHalo, demoConfig } = await import('./demo-halo.ts');
  return demoConfig(createDemoHalo());
}

/**
 * Returns the settings of every Halo that the options lead to, by name: of one, when they name it or describe it.
 *
 * @throws {UsageError} when options for one Halo meet several, or two Halos would have one name
 * @throws {HaloConfigError} with every problem of every Halo
 */
export async function connectionConfigs(
  options: ConnectionOptions,
  context: CliContext,
): Promise<ReadonlyMap<string, HaloConfig>> {
  const configs = new Map<string, HaloConfig>();
  const issues: HaloConfigIssue[] = [];
  // One after the other, since each may ask for a secret.
  for (const instance of await instanceNames(options, context)) {
    const name = instance ?? UNNAMED;
    if (configs.has(name))
      throw new UsageError(
        `Two Halos would be called "${name}", the one of HALO_RESOURCE_SERVER and a named one.`,
        'Give the named one another name.',
      );
    try {
      configs.set(name, await connectionConfig({ ...options, instance }, context));
    } catch (error) {
      if (!(error instanceof HaloConfigError)) throw error;
      issues.push(...error.issues);
    }
  }
  if (issues.length > 0) throw new HaloConfigError(issues);
  return configs;
}

async function instanceNames(
  options: ConnectionOptions,
  { cwd, env }: CliContext,
): Promise<(string | undefined)[]> {
  const isAboutOne = options.clientSecretFile !== undefined || Object.keys(definedOf(options)).length > 0;
  if (options.demo === true || options.instance !== undefined || isAboutOne) return [options.instance];
  return options.settings === undefined ? envInstances(env) : fileInstances(options.settings, cwd);
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
