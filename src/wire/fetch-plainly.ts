import { raceAbort } from './race-abort.ts';
import { discardBody } from './read-body.ts';

/**
 * Sends a request outside of the transport: without cookies, and to no other address, whatever the server says, since a
 * body may hold the client secret. Rejects with the signal's reason, also where the `fetch` in use ignores the signal.
 *
 * @internal
 */
export function fetchPlainly(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  url: string,
  signal: AbortSignal,
  init: RequestInit,
): Promise<Response> {
  const sent = fetch(url, { ...init, redirect: 'manual', credentials: 'omit', signal });
  const answered = Promise.resolve(sent);
  // An answer that comes after the limit is let go of, or its connection would stay open.
  void answered.then((response) => signal.aborted && discardBody(response)).catch(() => undefined);
  return raceAbort(answered, signal);
}
