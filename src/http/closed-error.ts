import { type HaloErrorContext, HaloNetworkError } from '../errors.ts';

/** Makes the error of a call whose client was closed. @internal */
export function closedError(context: HaloErrorContext = {}): HaloNetworkError {
  return new HaloNetworkError({
    ...context,
    code: 'HALO_NETWORK_CLOSED',
    summary: 'The Halo client was closed',
    hint: 'close() ends the calls in flight; make a new client for further calls.',
  });
}
