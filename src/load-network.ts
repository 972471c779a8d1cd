import { HaloNetworkError } from './errors.ts';
import { safeCause } from './wire/error-chain.ts';

type Network = typeof import('./network.ts');

let loading: Promise<Network> | undefined;

/**
 * Loads what talks to a server, ky included, with the first request: a program that only checks settings or maps names
 * does not wait for it.
 *
 * @throws {HaloNetworkError} when it is not there any more; the next call tries again
 * @internal
 */
export function loadNetwork(): Promise<Network> {
  loading ??= import('./network.ts').catch((error: unknown) => {
    loading = undefined;
    throw new HaloNetworkError({
      code: 'HALO_NETWORK_FAILED',
      summary: 'A file of halo-psa could not be loaded, so nothing was sent',
      hint: 'The package was probably replaced or removed while this process was running: start it again.',
      retryable: false,
      cause: safeCause(error),
    });
  });
  return loading;
}
