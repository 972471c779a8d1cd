/** What gateways and web servers in front of Halo call the id of a request. */
const REQUEST_ID_HEADERS = [
  'x-request-id',
  'request-id',
  'x-correlation-id',
  'x-ms-request-id',
  'cf-ray',
] as const;

/**
 * Returns the request id of an answer, if it carries one that is safe to print.
 *
 * @internal
 */
export function requestIdOf(headers: Headers): string | undefined {
  for (const name of REQUEST_ID_HEADERS) {
    const value = headers.get(name);
    if (value !== null && /^[\w.:|=/+-]{1,128}$/.test(value)) return value;
  }
  return undefined;
}

/** Longer than any address a browser takes. */
const LONGEST_LOCATION = 4096;

/**
 * Returns the origin that a redirect points to: no path, query or user name, which may hold secrets.
 *
 * @param requestUrl what a relative `location` is relative to
 * @internal
 */
export function redirectOrigin(headers: Headers, requestUrl: string): string | undefined {
  const location = headers.get('location');
  if (location === null || location.length > LONGEST_LOCATION) return undefined;
  try {
    const { origin, protocol } = new URL(location, requestUrl);
    return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether an answer is a redirect. Browsers hide one that is not followed behind status 0.
 *
 * @internal
 */
export function isRedirect({ status, type }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304);
}
