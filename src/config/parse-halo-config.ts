import { createSecret, isSecret, type Secret } from '../auth/secret.ts';
import type { TokenProvider } from '../auth/token-provider.ts';
import { HaloConfigError } from '../errors.ts';
import { isJsonObject } from '../wire/json-object.ts';
import { ConfigCheck } from './config-check.ts';
import { DEFAULT_MAX_RATE_LIMIT_WAIT_MS, DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT_MS } from './defaults.ts';
import { baseSegments, type HaloEndpoints, resolveEndpoints } from './endpoints.ts';
import { type Address, type AddressRules, parseAddress } from './host.ts';
import { quietLogger } from './quiet-logger.ts';
import {
  type FetchFunction,
  type HaloLogger,
  haloConfigSchema,
  type SettingName,
  type Settings,
} from './schema.ts';
import { textProblem } from './settings-text.ts';
import { suggestName } from './suggest.ts';

/** What a token request sends. @internal */
export interface ResolvedCredentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly scope: string;
  /** Undefined on-premise. */
  readonly tenantId: string | undefined;
}

/**
 * Settings checked, completed with their defaults, and turned into URLs. Either `credentials` or `tokenProvider` is set.
 *
 * @internal
 */
export interface ResolvedHaloConfig {
  readonly endpoints: HaloEndpoints;
  readonly credentials: ResolvedCredentials | undefined;
  readonly tokenProvider: TokenProvider | undefined;
  /** Undefined: the global `fetch`, looked up when it is called. */
  readonly fetch: FetchFunction | undefined;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly maxRateLimitWaitMs: number;
  /** Never throws; the levels that the caller's has. */
  readonly logger: HaloLogger;
  readonly onPremise: boolean;
  /** Something is sent over `http://`, by consent. */
  readonly insecure: boolean;
}

const DEFAULT_SCOPE = 'all';

/** What takes the place of credentials leaves no use for them. */
const SIGN_IN_SETTINGS = ['authServer', 'clientId', 'clientSecret', 'tenantId', 'scope'] as const;

/**
 * Checks settings, completes them and turns them into URLs.
 *
 * @param config settings as the caller gave them
 * @param nameOf how a setting is called where it came from, such as its environment variable
 * @throws {HaloConfigError} when anything is wrong, with every problem at once
 * @internal
 */
export function parseHaloConfig(
  config: unknown,
  nameOf: (setting: SettingName) => string = (setting) => setting,
): ResolvedHaloConfig {
  const check = new ConfigCheck(nameOf);
  const settings = readSettings(config, check);
  const rules: AddressRules = {
    // A flag that was refused makes no further problems of settings that depend on it.
    onPremise: settings.onPremise === true || check.failed('onPremise'),
    allowInsecureHttp: settings.allowInsecureHttp === true || check.failed('allowInsecureHttp'),
  };
  const resource = readResourceServer(settings, rules, check);
  const auth = readAuthServer(settings, rules, check);
  const credentials =
    settings.tokenProvider === undefined ? readCredentials(settings, auth?.tenantId, check) : undefined;
  if (settings.tokenProvider !== undefined) refuseCredentials(settings, check);
  if (rules.allowInsecureHttp && !rules.onPremise) {
    check.add('allowInsecureHttp', 'is only allowed together with onPremise: true');
  }
  const secret = settings.clientSecret;
  if (check.issues.length > 0 || resource === undefined)
    throw check.error(secret === undefined ? [] : [secret]);
  const endpoints = resolveEndpoints({ resource, auth: auth?.address, tenantId: credentials?.tenantId });
  return {
    endpoints,
    credentials,
    tokenProvider: settings.tokenProvider,
    fetch: settings.fetch,
    timeoutMs: settings.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxRetries: settings.maxRetries ?? DEFAULT_MAX_RETRIES,
    maxRateLimitWaitMs: settings.maxRateLimitWaitMs ?? DEFAULT_MAX_RATE_LIMIT_WAIT_MS,
    logger: quietLogger(settings.logger),
    onPremise: rules.onPremise,
    insecure: [resource, auth?.address].some((address) => address?.protocol === 'http:'),
  };
}

/** Reads every known setting by itself, and names the unknown ones. Blank texts and null count as absent. */
function readSettings(config: unknown, check: ConfigCheck): Partial<Settings> {
  if (!isJsonObject(config)) {
    throw new HaloConfigError([
      {
        field: 'config',
        message: 'is not an object',
        hint: 'Pass an object with resourceServer, clientId and so on.',
      },
    ]);
  }
  const { shape } = haloConfigSchema();
  const known = Object.keys(shape) as SettingName[];
  const settings: Record<string, unknown> = {};
  for (const setting of known) {
    const value = config[setting];
    if (isAbsent(value)) continue;
    const result = shape[setting].safeParse(value);
    if (result.success) settings[setting] = result.data;
    else check.add(setting, result.error.issues[0]?.message ?? 'is not usable');
  }
  for (const key of Object.keys(config)) {
    if (known.includes(key as SettingName)) continue;
    const meant = suggestName(key, known);
    const question = meant === undefined ? '' : `; did you mean ${meant}?`;
    check.addUnknown(key, `is not a setting${question}`);
  }
  return settings as Partial<Settings>;
}

function isAbsent(value: unknown): boolean {
  const text = isSecret(value) ? value.reveal() : value;
  return text === undefined || text === null || (typeof text === 'string' && text.trim() === '');
}

function readResourceServer(
  settings: Partial<Settings>,
  rules: AddressRules,
  check: ConfigCheck,
): Address | undefined {
  const address = readAddress('resourceServer', settings.resourceServer, rules, check);
  if (address === undefined) return undefined;
  if (!rules.onPremise && baseSegments(address).length > 0) {
    check.add('resourceServer', 'has a path: give only the host, such as example.halopsa.com');
  }
  return address;
}

/** A token URL as Halo's documentation writes it, tenant included. The tenant is judged as a setting of its own. */
const TOKEN_URL = /^([^?#]{1,2000}\/token)\?tenant=([^&#]{0,2000})$/i;

interface AuthServer {
  readonly address: Address | undefined;
  readonly tenantId: string | undefined;
}

function readAuthServer(
  settings: Partial<Settings>,
  rules: AddressRules,
  check: ConfigCheck,
): AuthServer | undefined {
  const { authServer } = settings;
  if (authServer === undefined) return undefined;
  const [, tokenUrl, query] = TOKEN_URL.exec(authServer) ?? [];
  const address = readAddress('authServer', tokenUrl ?? authServer, rules, check);
  const tenantId =
    query === undefined ? undefined : (new URLSearchParams(`tenant=${query}`).get('tenant') ?? undefined);
  return { address, tenantId: tenantId === '' ? undefined : tenantId };
}

function readAddress(
  setting: 'resourceServer' | 'authServer',
  text: string | undefined,
  rules: AddressRules,
  check: ConfigCheck,
): Address | undefined {
  if (text === undefined) {
    if (!check.failed(setting)) check.add(setting, 'is missing');
    return undefined;
  }
  const reading = parseAddress(text, rules);
  if (reading.kind === 'address') return reading.address;
  check.add(setting, reading.message);
  return undefined;
}

function readCredentials(
  settings: Partial<Settings>,
  pastedTenantId: string | undefined,
  check: ConfigCheck,
): ResolvedCredentials {
  const clientId = readText('clientId', settings.clientId, check);
  const secret = settings.clientSecret;
  const clientSecret = readText('clientSecret', isSecret(secret) ? secret.reveal() : secret, check);
  if (settings.scope !== undefined) checkText('scope', settings.scope, check);
  return {
    clientId,
    clientSecret: createSecret(clientSecret),
    scope: settings.scope?.replace(/ +/g, ' ') ?? DEFAULT_SCOPE,
    tenantId: readTenant(settings, pastedTenantId, check),
  };
}

function readTenant(
  settings: Partial<Settings>,
  pasted: string | undefined,
  check: ConfigCheck,
): string | undefined {
  const { tenantId, onPremise } = settings;
  if (onPremise === true) {
    if (tenantId !== undefined) check.add('tenantId', 'is for a hosted Halo only: remove it, or onPremise');
    if (pasted !== undefined)
      check.add('authServer', "contains '?tenant=', which is for a hosted Halo only: remove it");
    return undefined;
  }
  if (tenantId !== undefined && pasted !== undefined && tenantId !== pasted) {
    check.add('authServer', "contains '?tenant=' with another tenant than tenantId: remove one of the two");
    return undefined;
  }
  if (check.failed('onPremise')) return undefined;
  return readText('tenantId', tenantId ?? pasted, check);
}

/** An empty text stands for one that was refused: the config is never used then. */
function readText(
  setting: 'clientId' | 'clientSecret' | 'tenantId',
  value: string | undefined,
  check: ConfigCheck,
): string {
  if (value === undefined) {
    if (!check.failed(setting)) check.add(setting, 'is missing');
    return '';
  }
  checkText(setting, value, check);
  return value;
}

function checkText(
  setting: 'clientId' | 'clientSecret' | 'tenantId' | 'scope',
  value: string,
  check: ConfigCheck,
): void {
  const problem = textProblem(setting, value);
  if (problem !== undefined) check.add(setting, problem);
}

function refuseCredentials(settings: Partial<Settings>, check: ConfigCheck): void {
  for (const setting of SIGN_IN_SETTINGS) {
    if (settings[setting] !== undefined) {
      check.add(setting, 'has no use beside tokenProvider: remove one of the two');
    }
  }
}
