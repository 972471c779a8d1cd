import type { HaloErrorContext } from '../errors.ts';
import type { HaloPath } from './path.ts';

/** Options of one call, always the last argument. */
export interface CallOptions {
  /** Aborts the call; it then rejects with the signal's reason, unwrapped. */
  readonly signal?: AbortSignal | undefined;
  /** Bounds this call, in milliseconds. @default the client's `timeoutMs` */
  readonly timeoutMs?: number | undefined;
  /** Resends of this call. @default the client's `maxRetries` */
  readonly maxRetries?: number | undefined;
  /**
   * Also resends an update or a delete whose outcome is unknown. Never a create, which could happen twice.
   * @default false
   */
  readonly resendWrites?: boolean | undefined;
}

/** A value in a query string; undefined leaves the parameter out, a list is separated by commas. */
export type QueryValue = string | number | boolean | readonly (string | number)[] | undefined;

/** What a request does to Halo's data, which decides whether it may be sent again. */
export type RequestEffect = 'read' | 'create' | 'update' | 'delete';

/** One request to Halo's API. */
export interface HaloRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: HaloPath;
  readonly effect: RequestEffect;
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  /** Serialised as JSON. */
  readonly body?: unknown;
  /** For writes: what to look up when the outcome cannot be known. */
  readonly lookup?: string | undefined;
}

/** One answer of Halo's API with status 2xx. */
export interface HaloAnswer {
  /** The parsed JSON, or undefined when the body was empty. */
  readonly value: unknown;
  /** For errors found in the value later. */
  readonly context: HaloErrorContext & { readonly status: number };
}

/** Sends requests with token, deadline, resends and rate limit; fails with a `HaloError` only. */
export interface Transport {
  send(request: HaloRequest, options?: CallOptions): Promise<HaloAnswer>;
}
