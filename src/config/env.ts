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

function processEnv(): Readonly<Record<string, string | undefined>> {
  // Browsers and workers have no process; there, `env` has to be given.
  return typeof process === 'undefined' ? {} : process.env;
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
