/** Visible ASCII: anything else could end the header, or make the platform quote the token in an error. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;
/** Longer than this does not fit the header limit of common servers and proxies. */
const LONGEST_TOKEN = 16 * 1024;

/**
 * Whether a value may be put into an `Authorization` header.
 *
 * @internal
 */
export function isBearerToken(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TOKEN && VISIBLE_ASCII.test(value);
}
