import { createSecret } from '../auth/secret.ts';
import { HaloConfigError, type HaloConfigIssue } from '../errors.ts';
import { parseHaloConfig } from './parse-halo-config.ts';
import type { HaloConfig, SettingName } from './schema.ts';
import { suggestName } from './suggest.ts';

/** Options of `configFromEnv`. */
export interface ConfigFromEnvOptions {
  /** The variables to read. @default process.env */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** What every name starts with: `HALO` reads `HALO_RESOURCE_SERVER`. @default 'HALO' */
  prefix?: string | undefined;
}

const VARIABLES = {
  resourceServer: 'RESOURCE_SERVER',
  authServer: 'AUTH_SERVER',
  clientId: 'CLIENT_ID',
  clientSecret: 'CLIENT_SECRET',
  tenantId: 'TENANT_ID',
  scope: 'SCOPE',
  onPremise: 'ON_PREMISE',
  allowInsecureHttp: 'ALLOW_INSECURE_HTTP',
} as const satisfies Partial<Record<SettingName, string>>;

type VariableSetting = keyof typeof VARIABLES;

const FLAG_VALUES: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
]);

/**
 * Returns the settings that environment variables hold, checked, with the client secret as a `Secret`.
 *
 * Reads `HALO_RESOURCE_SERVER`, `HALO_CLIENT_ID`, `HALO_CLIENT_SECRET`, `HALO_TENANT_ID`, and where they are set
 * `HALO_AUTH_SERVER`, `HALO_SCOPE`, `HALO_ON_PREMISE` and `HALO_ALLOW_INSECURE_HTTP` (true, 1, yes, false, 0, no).
 *
 * @param options `env` (default `process.env`) and `prefix` (default `'HALO'`)
 * @throws {HaloConfigError} when a variable is missing or not usable, naming every such variable
 * @throws {TypeError} when `prefix` cannot begin the name of a variable
 * @example
 * ```ts
 * import { configFromEnv, createHaloClient } from 'halo-psa';
 *
 * const halo = createHaloClient({ ...configFromEnv(), timeoutMs: 30_000 });
 * ```
 */
export function configFromEnv({
  env = processEnv(),
  prefix = 'HALO',
}: ConfigFromEnvOptions = {}): HaloConfig {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(prefix)) {
    throw new TypeError('Expected `prefix` to be letters, digits and underscores, such as HALO');
  }
  const nameOf = (setting: VariableSetting) => `${prefix}_${VARIABLES[setting]}`;
  const config = readVariables(env, nameOf);
  try {
    const { credentials } = parseHaloConfig(config, (setting) =>
      isVariable(setting) ? nameOf(setting) : setting,
    );
    // The tenant may have come as part of a pasted token URL.
    if (credentials?.tenantId !== undefined) config.tenantId = credentials.tenantId;
    return config as unknown as HaloConfig;
  } catch (error) {
    if (!(error instanceof HaloConfigError)) throw error;
    throw new HaloConfigError(error.issues.map((issue) => inTermsOfEnv(issue, env, prefix)));
  }
}

/** Options of `instancesFromEnv`. */
export interface InstancesFromEnvOptions {
  /** The variables to read. @default process.env */
  env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * One instance, named by what stands in the middle. The secret counts too: an instance whose resource server is
 * misspelt must not be left out silently.
 */
const INSTANCE_VARIABLE = /^HALO_([A-Z0-9]+(?:_[A-Z0-9]+)*)_(?:RESOURCE_SERVER|CLIENT_SECRET)$/;

/**
 * Returns the settings of every instance that environment variables name: `HALO_UK_RESOURCE_SERVER` and its like make
 * `uk`, with the variables of `configFromEnv` under the prefix `HALO_UK`. `HALO_UK_CLIENT_SECRET` without a resource
 * server is an error.
 *
 * @param options `env` (default `process.env`)
 * @throws {HaloConfigError} when there is no instance, or a variable of any is missing or not usable
 * @example
 * ```ts
 * import { createHaloInstances, instancesFromEnv } from 'halo-psa';
 *
 * const halos = createHaloInstances(instancesFromEnv());
 * console.log(halos.names); // [ 'uk', 'us' ] for HALO_UK_... and HALO_US_...
 * ```
 */
export function instancesFromEnv({
  env = processEnv(),
}: InstancesFromEnvOptions = {}): Record<string, HaloConfig> {
  const issues: HaloConfigIssue[] = [];
  const configs: [string, HaloConfig][] = [];
  for (const group of instanceGroups(env)) {
    try {
      configs.push([group.toLowerCase(), configFromEnv({ env, prefix: `HALO_${group}` })]);
    } catch (error) {
      if (!(error instanceof HaloConfigError)) throw error;
      issues.push(...error.issues);
    }
  }
  if (issues.length === 0 && configs.length === 0) issues.push(NO_INSTANCE);
  if (issues.length > 0) throw new HaloConfigError(issues);
  return Object.fromEntries(configs);
}

function instanceGroups(env: Readonly<Record<string, string | undefined>>): string[] {
  const groups = new Set<string>();
  for (const [name, value = ''] of Object.entries(env)) {
    const [, group] = INSTANCE_VARIABLE.exec(name) ?? [];
    if (group !== undefined && value.trim() !== '') groups.add(group);
  }
  return [...groups].sort();
}

const NO_INSTANCE: HaloConfigIssue = {
  field: 'HALO_<NAME>_RESOURCE_SERVER',
  message: 'is not set for any name',
  hint: 'Set HALO_UK_RESOURCE_SERVER, HALO_UK_CLIENT_ID and so on; a single Halo is read by configFromEnv().',
};

function processEnv(): Readonly<Record<string, string | undefined>> {
  // Browsers and workers have no process, or a bundler's stand-in without variables; there, `env` has to be given.
  return globalThis.process?.env ?? {};
}

function isVariable(setting: SettingName): setting is VariableSetting {
  return setting in VARIABLES;
}

function readVariables(
  env: Readonly<Record<string, string | undefined>>,
  nameOf: (setting: VariableSetting) => string,
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  for (const setting of Object.keys(VARIABLES) as VariableSetting[]) {
    const value = env[nameOf(setting)];
    if (value === undefined || value.trim() === '') continue;
    if (setting === 'clientSecret') config[setting] = createSecret(value);
    else if (setting === 'onPremise' || setting === 'allowInsecureHttp') config[setting] = flagOf(value);
    else config[setting] = value.trim();
  }
  return config;
}

/** Any other text stays a text, which is then refused as one. */
function flagOf(value: string): boolean | string {
  return FLAG_VALUES.get(value.trim().toLowerCase()) ?? value;
}

/** A missing variable is often set under a name that is nearly right. */
function inTermsOfEnv(
  issue: HaloConfigIssue,
  env: Readonly<Record<string, string | undefined>>,
  prefix: string,
): HaloConfigIssue {
  if (issue.message !== 'is missing') return issue;
  const suffix = issue.field.slice(prefix.length + 1);
  const setting = (Object.keys(VARIABLES) as VariableSetting[]).find((key) => VARIABLES[key] === suffix);
  const known = Object.keys(VARIABLES);
  const near = Object.keys(env).find((name) => {
    if (!name.toUpperCase().startsWith(`${prefix.toUpperCase()}_`)) return false;
    const rest = name.slice(prefix.length + 1);
    return rest !== suffix && suggestName(rest, known) === setting;
  });
  return { ...issue, message: near === undefined ? 'is not set' : `is not set, but ${near} is: rename it` };
}
