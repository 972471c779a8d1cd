import { z } from 'zod';
import { isSecret, type Secret } from '../auth/secret.ts';
import type { TokenProvider } from '../auth/token-provider.ts';

/** `fetch` as this package calls it: a URL string and plain values, so that any implementation fits. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** Receives what the SDK has to say. `console` fits. */
export type HaloLogger = Partial<
  Record<
    'debug' | 'info' | 'warn' | 'error',
    (message: string, fields: Readonly<Record<string, string | number | boolean>>) => void
  >
>;

/** Settings that do not concern signing in. */
export interface HaloTransportSettings {
  /** Sends the requests, for a private CA or a proxy of your own. @default the global `fetch` */
  fetch?: FetchFunction | undefined;
  /**
   * Bounds one call from the method call to the parsed value, in milliseconds. More than a day counts as a day.
   * @default 60000
   */
  timeoutMs?: number | undefined;
  /** Resends after network errors, truncated answers and 5xx. 0 sends once; more than 10 counts as 10. @default 2 */
  maxRetries?: number | undefined;
  /**
   * Longest wait for the rate limit, in milliseconds; a longer one is an error at once. 0 never waits; more than a
   * day counts as a day.
   * @default 330000
   */
  maxRateLimitWaitMs?: number | undefined;
  /**
   * Receives warnings and debug lines; never a secret, a query value or a row. Which levels it has counts when the client
   * is made.
   * @default nobody
   */
  logger?: HaloLogger | undefined;
}

/** The values of Halo's API application, as its screens name them. */
export interface HaloCredentials {
  /** *Client ID* of the API application. */
  clientId: string;
  /** *Client Secret* of the API application, shown once when it was made. */
  clientSecret: string | Secret;
  /** OAuth scopes, separated by spaces, as the application was granted them. @default 'all' */
  scope?: string | undefined;
  /**
   * *Authorisation Server*, taken literally: the token URL is this plus `/token`. A whole token URL is understood.
   * @default the resource server's `/auth`
   */
  authServer?: string | undefined;
  tokenProvider?: undefined;
}

/** A hosted Halo. */
export interface HaloCloudConfig extends HaloTransportSettings, HaloCredentials {
  /** *Resource Server*, such as `example.halopsa.com`. */
  resourceServer: string;
  /** *Tenant*, as API Details shows it. */
  tenantId: string;
  onPremise?: false | undefined;
  allowInsecureHttp?: false | undefined;
}

/** A Halo that runs on the organization's own server. */
export interface HaloOnPremiseConfig extends HaloTransportSettings, HaloCredentials {
  /** *Resource Server*, with port and base path where there are any: `https://desk.corp.local:8443/halo`. */
  resourceServer: string;
  tenantId?: undefined;
  onPremise: true;
  /** Allows `http://`, which sends the client secret unencrypted. @default false */
  allowInsecureHttp?: boolean | undefined;
}

/** Settings of one Halo instance. */
export type HaloConfig = HaloCloudConfig | HaloOnPremiseConfig;

/** Settings of a client that gets its tokens elsewhere. */
export interface HaloTokenProviderConfig extends HaloTransportSettings {
  /** *Resource Server*, such as `example.halopsa.com`. */
  resourceServer: string;
  onPremise?: boolean | undefined;
  /** Allows `http://` on-premise, which sends the token unencrypted. @default false */
  allowInsecureHttp?: boolean | undefined;
  /** Hands out the tokens; takes the place of all credentials. */
  tokenProvider: TokenProvider;
  clientId?: undefined;
  clientSecret?: undefined;
  scope?: undefined;
  authServer?: undefined;
  tenantId?: undefined;
}

/** A day. A limit beyond it protects nothing, and one that does not fit a timer would fire at once. */
const LONGEST_LIMIT_MS = 24 * 60 * 60 * 1000;
/** With back-off, ten resends outlast every deadline that is worth having. */
const MOST_RETRIES = 10;

const atMostADay = (value: number) => Math.min(value, LONGEST_LIMIT_MS);
const isFunction = (value: unknown) => typeof value === 'function';

/** @internal */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

function isLogger(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return LOG_LEVELS.every((level) => {
    const method = (value as Record<string, unknown>)[level];
    return method === undefined || isFunction(method);
  });
}

function isSecretText(value: unknown): boolean {
  return isSecret(value) && typeof value.reveal() === 'string';
}

function isTokenProvider(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && isFunction((value as Partial<TokenProvider>).getToken)
  );
}

type HaloConfigSchema = ReturnType<typeof makeSchema>;

let schema: HaloConfigSchema | undefined;

/**
 * Every setting by itself. What settings mean together, such as which of them are required, is decided in
 * `parseHaloConfig`, so that all problems are reported at once.
 *
 * @internal
 */
export function haloConfigSchema(): HaloConfigSchema {
  schema ??= makeSchema();
  return schema;
}

function makeSchema() {
  const text = z.string('is not a text').trim();
  const flag = z.boolean('is not true or false');
  const milliseconds = z.custom<number>(
    (value) => typeof value === 'number' && !Number.isNaN(value),
    'is not a number of milliseconds',
  );
  return z.object({
    resourceServer: text.optional(),
    authServer: text.optional(),
    clientId: text.optional(),
    clientSecret: z.union([z.string(), z.custom<Secret>(isSecretText)], 'is not a text').optional(),
    tenantId: text.optional(),
    scope: text.optional(),
    onPremise: flag.optional(),
    allowInsecureHttp: flag.optional(),
    tokenProvider: z.custom<TokenProvider>(isTokenProvider, 'has no method getToken').optional(),
    fetch: z.custom<FetchFunction>(isFunction, 'is not a function').optional(),
    timeoutMs: milliseconds
      .refine((value) => value > 0, 'is not greater than 0')
      .transform(atMostADay)
      .optional(),
    maxRetries: z
      .custom<number>(Number.isSafeInteger, 'is not a whole number')
      .refine((value) => value >= 0, 'is less than 0')
      .transform((value) => Math.min(value, MOST_RETRIES))
      .optional(),
    maxRateLimitWaitMs: milliseconds
      .refine((value) => value >= 0, 'is less than 0')
      .transform(atMostADay)
      .optional(),
    logger: z
      .custom<HaloLogger>(isLogger, 'is not an object of functions debug, info, warn, error')
      .optional(),
  });
}

/** @internal */
export type SettingName = keyof HaloConfigSchema['shape'];

/** @internal */
export type Settings = z.output<HaloConfigSchema>;

type AnyConfig = HaloCloudConfig | HaloOnPremiseConfig | HaloTokenProviderConfig;
type KeysOf<Union> = Union extends unknown ? keyof Union : never;
type Agree = [
  AnyConfig extends z.input<HaloConfigSchema> ? true : 'the schema refuses what the types allow',
  SettingName extends KeysOf<AnyConfig> ? true : 'the schema has a setting that the types lack',
  KeysOf<AnyConfig> extends SettingName ? true : 'the types have a setting that the schema lacks',
];
// Fails to compile as soon as the documented types and the schema drift apart.
true satisfies Agree[number];
