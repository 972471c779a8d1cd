import { createHaloClient, type HaloClient, type HaloConfig, HaloConfigError } from '../index.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { CliContext } from './context.ts';
import { InputError } from './input/input-error.ts';
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
 * Returns the settings of every Halo that the options lead to, by name, or why they cannot be used: of one, when the
 * options name it or describe it. One whose settings cannot be used keeps none of the others from being used.
 *
 * @throws {UsageError} when options for one Halo meet several, or two Halos would have one name
 * @throws {InputError} when the settings file, or the secret file of an only Halo, cannot be read
 * @throws {HaloConfigError} with every problem of every Halo, when the settings of none can be used
 */
export async function connectionConfigs(
  options: ConnectionOptions,
  context: CliContext,
): Promise<ReadonlyMap<string, HaloConfig | HaloConfigError>> {
  const names = await instanceNames(options, context);
  if (names.length === 1) {
    const config = await usableConfig({ ...options, instance: names[0] }, context);
    return new Map([[names[0] ?? UNNAMED, config]]);
  }
  const found = new Map<string, HaloConfig | HaloConfigError>();
  // One after the other, since each may ask for a secret.
  for (const instance of names) {
    const name = instance ?? UNNAMED;
    if (found.has(name))
      throw new UsageError(
        `Two Halos would be called "${name}", the one of HALO_RESOURCE_SERVER and a named one.`,
        'Give the named one another name.',
      );
    const config = await usableConfig({ ...options, instance }, context).catch(whyUnusable);
    found.set(name, config);
  }
  const refused = [...found].flatMap(([name, each]) =>
    each instanceof HaloConfigError ? { name, issues: each.issues } : [],
  );
  if (refused.length < found.size) return found;
  // Variables have the name of their Halo in them.
  const isNamed = options.settings === undefined;
  throw new HaloConfigError(
    refused.flatMap(({ name, issues }) =>
      isNamed ? issues : issues.map((issue) => ({ ...issue, field: `${name}.${issue.field}` })),
    ),
  );
}

/** Settings of a file are not judged before a client is made of them, which sends nothing. */
async function usableConfig(options: ConnectionOptions, context: CliContext): Promise<HaloConfig> {
  const config = await connectionConfig(options, context);
  createHaloClient(config);
  return config;
}

/** Of several Halos, the secret file of one may be what cannot be read; anything else is about all of them. */
function whyUnusable(error: unknown): HaloConfigError {
  if (error instanceof HaloConfigError) return error;
  if (!(error instanceof InputError)) throw error;
  const message = `cannot be used: ${error.message.replace(/\.$/, '')}`;
  const hint = 'Its path starts from the folder of the settings file.';
  return new HaloConfigError([{ field: 'clientSecretFile', message, hint }]);
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
