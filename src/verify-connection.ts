import { type Clock, systemClock } from './clock.ts';
import { parseHaloConfig, type ResolvedHaloConfig } from './config/parse-halo-config.ts';
import type { HaloConfig, HaloTokenProviderConfig } from './config/schema.ts';
import { HaloConfigError } from './errors.ts';
import { loadNetwork } from './load-network.ts';
import type { VerificationReport, VerificationStage } from './verify/report.ts';

/** Options of a verification. */
export interface VerifyOptions {
  /** Bounds the whole verification, in milliseconds. @default 15000 */
  timeoutMs?: number | undefined;
  /** Stops it; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Called with each stage as soon as it and all before it are known, in order, for a screen. @default nobody */
  onStage?: ((stage: VerificationStage) => void) | undefined;
}

/** As long as a person looks at a spinner without doubt. */
const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * Verifies settings before they are saved, and returns what each stage found: address, DNS and TLS, sign-in details,
 * token, agent, customers, teams, agents, scope.
 *
 * It sends at most 8 requests and changes nothing. A connection that does not work is a report, not an error: settings
 * that cannot be used are the failed stage `address`, and `report.issues` names their fields.
 *
 * @param config the settings of one instance, as for `createHaloClient`
 * @param options `timeoutMs` in milliseconds (15,000), `signal`, and `onStage` to follow it
 * @throws {TypeError} when `timeoutMs` is not a number above 0
 * @throws {HaloNetworkError} when this package was replaced under the running process
 * @example
 * ```ts
 * import { formatVerification, verifyConnection } from 'halo-psa';
 *
 * const settings = { resourceServer: 'example.halopsa.com', tenantId: 'example', clientId: 'id', clientSecret: 'secret' };
 * const report = await verifyConnection(settings);
 * console.log(formatVerification(report));
 * for (const { field, message } of report.issues) console.log(field, message);
 * ```
 */
export function verifyConnection(
  config: HaloConfig | HaloTokenProviderConfig,
  options: VerifyOptions = {},
): Promise<VerificationReport> {
  return verifyConnectionWith(config, options, systemClock);
}

/** The same with a clock of the caller's. @internal */
export async function verifyConnectionWith(
  config: HaloConfig | HaloTokenProviderConfig,
  options: VerifyOptions,
  clock: Clock,
): Promise<VerificationReport> {
  let resolved: ResolvedHaloConfig;
  try {
    resolved = parseHaloConfig(config);
  } catch (error) {
    if (!(error instanceof HaloConfigError)) throw error;
    const { reportConfigError } = await loadNetwork();
    return reportConfigError(error, { clock, onStage: options.onStage });
  }
  return verifyResolved(resolved, options, clock);
}

/** Verifies settings that were checked before. @internal */
export async function verifyResolved(
  resolved: ResolvedHaloConfig,
  { timeoutMs = DEFAULT_TIMEOUT_MS, signal, onStage }: VerifyOptions,
  clock: Clock,
): Promise<VerificationReport> {
  if (typeof timeoutMs !== 'number' || !(timeoutMs > 0)) {
    throw new TypeError('Expected `timeoutMs` to be a number of milliseconds above 0');
  }
  const { runVerification } = await loadNetwork();
  return runVerification(resolved, { timeoutMs, signal, clock, onStage });
}
