import type { Kind } from './rows.ts';

/** What one request is answered with. */
export interface SecondAnswer {
  readonly status: number;
  /** Text as it goes out; '' is an empty body. */
  readonly body: string;
  readonly contentType?: string | undefined;
}

/** A request to the API that carried a good token. */
export interface ApiRequest {
  readonly method: string;
  /** Below `/api`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: string;
  readonly scopes: readonly string[];
}

/** An answer without a body, as Halo gives it for 401, 403, 404 and 500. */
export const EMPTY = (status: number): SecondAnswer => ({ status, body: '' });

/** Tells whether the scopes of the token allow writing rows of this kind. */
export function mayWrite(kind: Kind, scopes: readonly string[]): boolean {
  if (scopes.includes('all') || scopes.includes('admin')) return true;
  return (kind.name === 'Client' || kind.name === 'Site') && scopes.includes('edit:customers');
}

/** JSON as Halo writes it: nulls left out, columns of type FLOAT with a decimal point. */
export function json(status: number, kind: Kind, value: unknown): SecondAnswer {
  const text = JSON.stringify(value, (_key, each: unknown) => (each === null ? undefined : each));
  const floats = kind.doubles.length === 0 ? text : text.replace(doublesOf(kind), '$1.0');
  return { status, body: floats, contentType: 'application/json; charset=utf-8' };
}

function doublesOf({ doubles }: Kind): RegExp {
  return new RegExp(`("(?:${doubles.join('|')})":-?\\d+)(?=[,}])`, 'g');
}

/** A 400, in one of Halo's forms: fields with complaints, an exception, or a text. */
export function badRequest(body: unknown): SecondAnswer {
  return { status: 400, body: JSON.stringify(body), contentType: 'application/json; charset=utf-8' };
}
