import { configFromEnv, createSecret, type HaloConfig } from '../index.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { CliContext } from './context.ts';
import { readSecretFile } from './secret-file.ts';
import { type RawSettings, readSettingsFile } from './settings-file.ts';
import { UsageError } from './usage-error.ts';

type Env = CliContext['env'];

/** Variables that options of the command line stand for; the last part of their names. */
export const VARIABLES = {
  resourceServer: 'RESOURCE_SERVER',
  authServer: 'AUTH_SERVER',
  tenantId: 'TENANT_ID',
  clientId: 'CLIENT_ID',
  scope: 'SCOPE',
  onPremise: 'ON_PREMISE',
  allowInsecureHttp: 'ALLOW_INSECURE_HTTP',
} as const satisfies Partial<Record<keyof ConnectionOptions, string>>;

/** What the Halo without a name is called beside others. */
export const UNNAMED = 'halo';

/** The secret of a Halo counts too: one whose resource server is misspelt must not be left out silently. */
const NAMED_INSTANCE = /^HALO_([A-Z0-9]+(?:_[A-Z0-9]+)*)_(?:RESOURCE_SERVER|CLIENT_SECRET)$/;

/**
 * Returns the settings of the Halo that a command line names. They come from one place, a file or the environment, so
 * that a secret is never sent to the host of another; options of the command line go on top.
 *
 * @throws {UsageError} when it is not clear which Halo is meant
 * @throws {HaloConfigError} when the environment cannot be used; that of a file or an option shows when a client is made
 */
export async function readSettings(options: ConnectionOptions, context: CliContext): Promise<HaloConfig> {
  const secret =
    options.clientSecretFile === undefined
      ? undefined
      : await readSecretFile(options.clientSecretFile, context);
  if (options.settings !== undefined) {
    const file = await readSettingsFile(options.settings, options.instance, context);
    const settings: RawSettings = { ...file, ...definedOf(options), ...(secret && { clientSecret: secret }) };
    const clientSecret = settings.clientSecret ?? (await askForSecret(options.instance, context));
    // Checked when a client or a verification is made of it, which names each problem.
    return { ...settings, clientSecret } as unknown as HaloConfig;
  }
  const instance = options.instance ?? onlyInstance(options, context.env);
  const prefix = prefixOf(instance);
  const own = instance === undefined ? withoutNamed(context.env) : context.env;
  const env = withOptions(own, options, prefix);
  const secretName = `${prefix}_CLIENT_SECRET`;
  const given = secret?.reveal() ?? env[secretName];
  const isWorthAsking =
    env[`${prefix}_RESOURCE_SERVER`] !== undefined && env[`${prefix}_CLIENT_ID`] !== undefined;
  const clientSecret =
    given ?? (isWorthAsking ? (await askForSecret(instance, context))?.reveal() : undefined);
  return configFromEnv({ prefix, env: { ...env, [secretName]: clientSecret } });
}

/** Returns the settings among the options. */
export function definedOf(options: ConnectionOptions): RawSettings {
  const names = Object.keys(VARIABLES) as (keyof typeof VARIABLES)[];
  return Object.fromEntries(
    names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}

function withOptions(env: Env, options: ConnectionOptions, prefix: string): Env {
  const given = Object.entries(definedOf(options)).map(([name, value]) => [
    `${prefix}_${VARIABLES[name as keyof typeof VARIABLES]}`,
    String(value),
  ]);
  return { ...env, ...Object.fromEntries(given) };
}

/** Returns how the variables of an instance begin. */
export function prefixOf(instance: string | undefined): string {
  if (instance === undefined) return 'HALO';
  if (!/^[a-z0-9]+([_-][a-z0-9]+)*$/i.test(instance))
    throw new UsageError(
      `--instance ${instance} cannot be the name of an instance`,
      'Use letters and digits.',
    );
  return `HALO_${instance.toUpperCase().replaceAll('-', '_')}`;
}

/** Returns the names of the Halos that variables speak of: `HALO_UK_...` of `uk`, `HALO_...` of one without a name. */
export function envInstances(env: Env): (string | undefined)[] {
  const names = namedInstances(env);
  return hasUnnamed(env) || names.length === 0 ? [undefined, ...names] : names;
}

function hasUnnamed({ HALO_RESOURCE_SERVER: host, HALO_CLIENT_SECRET: secret }: Env): boolean {
  return !isBlank(host) || !isBlank(secret);
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}

function namedInstances(env: Env): string[] {
  const set = Object.entries(env).filter(([, value]) => !isBlank(value));
  const names = set.flatMap(([variable]) => NAMED_INSTANCE.exec(variable)?.[1]?.toLowerCase() ?? []);
  return [...new Set(names)].sort();
}

/** What belongs to a named Halo is no misspelt variable of the one without a name. */
function withoutNamed(env: Env): Env {
  const settings = [...Object.values(VARIABLES), 'CLIENT_SECRET'];
  const named = namedInstances(env).flatMap((name) =>
    settings.map((setting) => `${prefixOf(name)}_${setting}`),
  );
  return Object.fromEntries(Object.entries(env).filter(([variable]) => !named.includes(variable)));
}

/** A single Halo needs no name on the command line, whatever name its variables have. */
function onlyInstance({ resourceServer }: ConnectionOptions, env: Env): string | undefined {
  if (resourceServer !== undefined || hasUnnamed(env)) return undefined;
  const names = namedInstances(env);
  if (names.length < 2) return names[0];
  throw new UsageError(
    `There are several Halo instances: ${names.join(', ')}`,
    `Say which: --instance ${names[0]}`,
  );
}

async function askForSecret(instance: string | undefined, { prompts }: CliContext) {
  if (!prompts.isInteractive) return undefined;
  const whose = instance === undefined ? '' : ` of ${instance}`;
  return createSecret(await prompts.password(`Client Secret${whose}`));
}
