import { guardTokenProvider } from './auth/guard-token-provider.ts';
import type { MintToken } from './auth/mint-token.ts';
import { TokenCache } from './auth/token-cache.ts';
import type { ManagedTokenProvider, TokenProvider } from './auth/token-provider.ts';
import { type Clock, systemClock } from './clock.ts';
import { parseHaloConfig, type ResolvedHaloConfig } from './config/parse-halo-config.ts';
import type { HaloConfig } from './config/schema.ts';
import { warnIfInsecure } from './config/warn-if-insecure.ts';
import { HaloConfigError } from './errors.ts';
import { loadNetwork } from './load-network.ts';

/**
 * Returns a provider of access tokens: one exchange for any number of callers, refreshed ahead of time. It does no
 * request before the first `getToken`.
 *
 * Give the same provider to several clients to share its token, or use it with a plain `fetch`. A token that Halo
 * answered with 401 is handed back as `rejected` and is replaced only if it is still the current one.
 *
 * `getToken` rejects with `HaloAuthError` when Halo gives no usable token, `HaloNetworkError` and `HaloTimeoutError`
 * when the authorisation server cannot be reached, `HaloRedirectError` when it redirects, `HaloRateLimitError` when it
 * would have to wait for longer than `maxRateLimitWaitMs`, and with the signal's reason when that aborts.
 *
 * @param config settings of one Halo instance, the same as for `createHaloClient`
 * @throws {HaloConfigError} when the settings cannot be used, with every problem at once
 * @example
 * ```ts
 * import { configFromEnv, createTokenProvider } from 'halo-psa';
 *
 * const tokens = createTokenProvider(configFromEnv());
 * const { token } = await tokens.getToken();
 * const response = await fetch('https://example.halopsa.com/api/Team', {
 *   headers: { authorization: `Bearer ${token}` },
 * });
 * console.log(response.status);
 * ```
 */
export function createTokenProvider(config: HaloConfig): TokenProvider {
  const resolved = parseHaloConfig(config);
  if (resolved.credentials === undefined) {
    throw new HaloConfigError([
      {
        field: 'tokenProvider',
        message: 'has no use here: it is what this function makes',
        hint: 'Give clientId, clientSecret and tenantId instead, or use the tokenProvider as it is.',
      },
    ]);
  }
  warnIfInsecure(resolved);
  return tokenProviderOf(resolved);
}

/**
 * The provider that checked settings ask for: the caller's own, guarded, or one that signs in.
 *
 * @internal
 */
export function tokenProviderOf(
  config: ResolvedHaloConfig,
  clock: Clock = systemClock,
): ManagedTokenProvider {
  const { credentials, tokenProvider, endpoints, fetch, maxRateLimitWaitMs, logger } = config;
  if (tokenProvider !== undefined) return guardTokenProvider(tokenProvider);
  if (credentials === undefined) throw new TypeError('Expected credentials or a token provider');
  const options = { fetch, endpoints, credentials, clock, maxRateLimitWaitMs, logger };
  let mint: MintToken | undefined;
  const mintLater: MintToken = async (mintOptions) => {
    mint ??= (await loadNetwork()).createClientCredentialsMint(options);
    // Who has left while that was loading wants no request, and the secret stays here.
    mintOptions.abandoned?.throwIfAborted();
    return mint(mintOptions);
  };
  return new TokenCache({ mint: mintLater, clock });
}
