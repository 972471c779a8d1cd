import type { ConnectionOptions } from './connection-options.ts';
import type { CliContext } from './context.ts';
import { readSecretFile } from './secret-file.ts';
import { definedOf, envInstances, prefixOf, VARIABLES } from './settings.ts';
import { type RawSettings, readAllSettings } from './settings-file.ts';
import { UsageError } from './usage-error.ts';

/** Settings of one Halo as they were found, complete or not. */
export interface NamedSettings {
  /** Undefined for the only one. */
  readonly name: string | undefined;
  readonly settings: RawSettings;
}

/**
 * Returns the settings of every Halo that a command line leads to, without judging them: a form is there to complete
 * them. Nothing found is one Halo without settings.
 *
 * @throws {UsageError} when options for one Halo meet several
 */
export async function rawSettings(options: ConnectionOptions, context: CliContext): Promise<NamedSettings[]> {
  const found =
    options.settings === undefined
      ? fromEnv(options.instance, context)
      : await fromFile(options.settings, options.instance, context);
  const given = await givenOptions(options, context);
  if (Object.keys(given).length === 0) return found;
  const [only] = found;
  if (only === undefined || found.length > 1)
    throw new UsageError('There are several Halo instances, and options for one', 'Add --instance NAME.');
  return [{ ...only, settings: { ...only.settings, ...given } }];
}

async function givenOptions(options: ConnectionOptions, context: CliContext): Promise<RawSettings> {
  const given = definedOf(options);
  if (options.clientSecretFile === undefined) return given;
  return { ...given, clientSecret: await readSecretFile(options.clientSecretFile, context) };
}

function fromEnv(instance: string | undefined, { env }: CliContext): NamedSettings[] {
  const names = instance === undefined ? envInstances(env) : [instance];
  return names.map((name) => ({ name, settings: settingsFromEnv(prefixOf(name), env) }));
}

function settingsFromEnv(prefix: string, env: CliContext['env']): RawSettings {
  const variables = { ...VARIABLES, clientSecret: 'CLIENT_SECRET' };
  return Object.fromEntries(
    Object.entries(variables).map(([setting, variable]) => [setting, env[`${prefix}_${variable}`]]),
  );
}

async function fromFile(
  path: string,
  instance: string | undefined,
  context: CliContext,
): Promise<NamedSettings[]> {
  const all = await readAllSettings(path, context);
  if (instance === undefined) return all;
  const picked = all.filter(({ name }) => name === instance);
  // A name that the file lacks is one that is about to be filled in.
  return picked.length > 0 ? picked : [{ name: instance, settings: {} }];
}
