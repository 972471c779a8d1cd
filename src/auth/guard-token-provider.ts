import { HaloAuthError, isHaloError } from '../errors.ts';
import { safeCause } from '../wire/error-chain.ts';
import { raceAbort } from '../wire/race-abort.ts';
import { isBearerToken } from './bearer-token.ts';
import { INSPECT, REDACTED } from './secret.ts';
import type { AccessToken, GetTokenOptions, TokenProvider } from './token-provider.ts';

/**
 * Wraps a caller's own token provider: what it throws becomes a `HaloAuthError`, what it returns is checked before it
 * is put into a header, and a call that is aborted does not wait for it. Errors of this package pass unchanged.
 *
 * @internal
 */
export function guardTokenProvider(provider: TokenProvider): TokenProvider {
  return new GuardedTokenProvider(provider);
}

class GuardedTokenProvider implements TokenProvider {
  readonly #provider: TokenProvider;
  /** A provider may compare `rejected` by identity, so it gets back the object it gave. */
  readonly #originals = new WeakMap<AccessToken, AccessToken>();

  constructor(provider: TokenProvider) {
    this.#provider = provider;
  }

  async getToken({ signal, rejected, onLimited }: GetTokenOptions = {}): Promise<AccessToken> {
    if (signal?.aborted) throw signal.reason;
    const original = rejected === undefined ? undefined : (this.#originals.get(rejected) ?? rejected);
    try {
      const pending = Promise.resolve(this.#provider.getToken({ signal, rejected: original, onLimited }));
      return this.#checked(await raceAbort(pending, signal));
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (isHaloError(error)) throw error;
      throw new HaloAuthError({
        code: 'HALO_AUTH_PROVIDER',
        summary: 'The tokenProvider failed',
        hint: 'The cause tells its kind only, because its text may hold a secret; handle errors inside the provider.',
        cause: safeCause(error),
      });
    }
  }

  toJSON(): Record<string, string> {
    return { token: REDACTED };
  }

  [INSPECT](): string {
    return `TokenProvider { token: ${REDACTED} }`;
  }

  #checked(value: unknown): AccessToken {
    const { token, expiresAtMs } = (
      typeof value === 'object' && value !== null ? value : {}
    ) as Partial<AccessToken>;
    if (!isBearerToken(token)) {
      const summary = 'The tokenProvider returned no usable token';
      throw unusable(
        summary,
        "Return { token, expiresAtMs } with the bare token, without 'Bearer' in front.",
      );
    }
    if (typeof expiresAtMs !== 'number' || !Number.isFinite(expiresAtMs)) {
      const summary = 'The tokenProvider returned no usable expiresAtMs';
      throw unusable(
        summary,
        'Return { token, expiresAtMs } with milliseconds since 1970, such as Date.now() + 3600000.',
      );
    }
    const access: AccessToken = Object.freeze({ token, expiresAtMs });
    this.#originals.set(access, value as AccessToken);
    return access;
  }
}

function unusable(summary: string, hint: string): HaloAuthError {
  return new HaloAuthError({ code: 'HALO_AUTH_PROVIDER', summary, hint });
}
