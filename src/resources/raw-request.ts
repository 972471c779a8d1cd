import { checkObject, refuseUnknownNames } from '../http/known-names.ts';
import { parsePath } from '../http/path.ts';
import type { CallOptions, HaloRequest, QueryValue, RequestEffect, Transport } from '../http/request.ts';
import { checkSchema, type StandardSchema, validate } from './standard-schema.ts';
import { toJson } from './write-body.ts';

/** A request to a part of Halo's API that has no methods of its own here. */
export interface HaloRequestSpec {
  /** @default 'GET' */
  readonly method?: HaloRequest['method'] | undefined;
  /** Below the API root, with its ids: `/Tickets/5`. */
  readonly path: string;
  /** Halo's own parameter names. */
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  /** Sent as JSON, dates in Halo's form; Halo's writes take an array. */
  readonly body?: unknown;
  /**
   * What the request does to Halo's data. A read may be sent again after a failure, a write only when Halo provably did
   * not process it. @default 'read' for GET, 'create' for POST, 'delete' for DELETE
   */
  readonly effect?: RequestEffect | undefined;
  /** For a write: what to look up when its outcome cannot be known. */
  readonly lookup?: string | undefined;
}

const EFFECTS: Readonly<Record<HaloRequest['method'], RequestEffect>> = {
  GET: 'read',
  POST: 'create',
  DELETE: 'delete',
};

/**
 * Sends any request; with a schema its answer is checked, without one it is unknown.
 *
 * @throws {TypeError} when the request cannot be sent as it is meant, or the schema is none
 * @internal
 */
export async function sendRaw<Output>(
  transport: Transport,
  spec: HaloRequestSpec,
  schema: StandardSchema<Output> | undefined,
  options: CallOptions | undefined,
): Promise<unknown> {
  if (schema !== undefined) checkSchema(schema);
  const { value, context } = await transport.send(toRequest(spec), options);
  return schema === undefined ? value : validate(schema, value, { operation: 'halo.request()', context });
}

const SPEC_NAMES = [
  'method',
  'path',
  'query',
  'body',
  'effect',
  'lookup',
] as const satisfies readonly (keyof HaloRequestSpec)[];

function toRequest(spec: HaloRequestSpec): HaloRequest {
  refuseUnknownNames('request', spec, SPEC_NAMES);
  const { method = 'GET', path, query, body, effect, lookup } = spec;
  if (query !== undefined) checkObject('query', query);
  if (!Object.hasOwn(EFFECTS, method)) throw new TypeError('method must be GET, POST or DELETE');
  const what = effect ?? EFFECTS[method];
  if (!['read', 'create', 'update', 'delete'].includes(what)) {
    throw new TypeError('effect must be read, create, update or delete');
  }
  return {
    method,
    path: parsePath(path),
    effect: what,
    query: copyOf(query),
    body: body === undefined ? undefined : toJson(body),
    lookup: lookup ?? (what === 'read' ? undefined : 'Look in Halo whether the write happened'),
  };
}

/** What its owner changes while the request waits is not sent. */
function copyOf(query: HaloRequestSpec['query']): HaloRequestSpec['query'] {
  if (query === undefined) return undefined;
  const entries = Object.entries(query).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...value] : value,
  ]);
  return Object.fromEntries(entries);
}
