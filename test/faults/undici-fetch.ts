import type { LookupFunction } from 'node:net';
import { Agent, fetch, type RequestInit as UndiciRequestInit } from 'undici';
import type { FetchFunction } from '../../src/config/schema.ts';

export interface UndiciOptions {
  /** Takes the place of the system's name resolution. */
  readonly lookup?: LookupFunction | undefined;
  /** Certificates of authorities to trust, and nothing else. */
  readonly ca?: string | undefined;
}

/** The `fetch` of the npm package undici with an agent of its own, as a caller would pass it. */
export function undiciFetch({ lookup, ca }: UndiciOptions): FetchFunction {
  const connect = { ...(lookup ? { lookup } : {}), ...(ca === undefined ? {} : { ca }) };
  const dispatcher = new Agent({ connect });
  return async (url, init) => {
    const response = await fetch(url, { ...(init as unknown as UndiciRequestInit), dispatcher });
    return response as unknown as Response;
  };
}
