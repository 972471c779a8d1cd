import { isWellFormed } from './path.ts';
import type { QueryValue } from './request.ts';

/**
 * Returns the query string of a request without its question mark: undefined is left out, booleans are lower case
 * (Halo reads `orderdesc=1` as false), lists are separated by commas.
 *
 * @throws {TypeError} when a value cannot be sent without guessing what it means
 * @internal
 */
export function encodeQuery(query: Readonly<Record<string, QueryValue>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.append(name, encodeValue(name, value));
  }
  return parameters.toString();
}

function encodeValue(name: string, value: Exclude<QueryValue, undefined>): string {
  if (!Array.isArray(value)) return encodeScalar(name, value as string | number | boolean);
  // Without its filter the same request would return every row.
  if (value.length === 0) throw new TypeError(`query.${name} is an empty list; leave it out or name a value`);
  return value.map((item) => encodeListItem(name, item)).join(',');
}

function encodeListItem(name: string, item: string | number): string {
  const text = encodeScalar(name, item);
  if (text.includes(',')) throw new TypeError(`query.${name} holds a list item with a comma`);
  return text;
}

function encodeScalar(name: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && isWellFormed(value)) return value;
  throw new TypeError(
    `query.${name} must be well-formed text, a finite number, a boolean or a list of those`,
  );
}
