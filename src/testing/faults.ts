import type { Answer } from './answers.ts';
import { toHaloJson } from './halo-json.ts';

/** Something that goes wrong with the next request that it matches. */
export interface FakeHaloFault {
  /** Method it waits for. @default any */
  method?: string | undefined;
  /** Path it waits for, matched against the URL's path: a part of it in any case, or a pattern. @default any */
  path?: string | RegExp | undefined;
  /** How many requests it is good for. @default 1 */
  times?: number | undefined;
  /** Status of the answer. @default 500 */
  status?: number | undefined;
  /** Headers of the answer. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Body of the answer; anything but a string is sent as JSON. @default empty */
  body?: unknown;
  /** Fails as `fetch` does without an answer, with this code (`ECONNRESET`); status and body are then not used. */
  networkError?: string | undefined;
  /** Handles the request first, and only then answers or fails as the fault says: a write has happened. @default false */
  processed?: boolean | undefined;
  /** The fault waits for this before it strikes. */
  until?: (() => unknown) | Promise<unknown> | undefined;
}

/** The faults that are still to strike, first come first served. @internal */
export class FaultQueue {
  #waiting: { fault: FakeHaloFault; left: number }[] = [];

  add(fault: FakeHaloFault): void {
    checkFault(fault);
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  /** Takes the first fault that matches a request. */
  take(method: string, path: string): FakeHaloFault | undefined {
    const index = this.#waiting.findIndex(({ fault }) => matches(fault, method, path));
    const found = this.#waiting[index];
    if (!found) return undefined;
    found.left -= 1;
    if (found.left <= 0) this.#waiting.splice(index, 1);
    return found.fault;
  }

  get size(): number {
    return this.#waiting.length;
  }

  clear(): void {
    this.#waiting = [];
  }
}

const FAULT_NAMES: ReadonlySet<string> = new Set<keyof FakeHaloFault>([
  ...(['method', 'path', 'times', 'until'] as const),
  ...(['status', 'headers', 'body', 'networkError', 'processed'] as const),
]);

/** Refuses a fault that would never strike, or strike as another one than was meant. */
function checkFault(fault: FakeHaloFault): void {
  const unknown = Object.keys(fault).find((name) => !FAULT_NAMES.has(name));
  if (unknown !== undefined) throw new TypeError(`A fault has no '${unknown}'.`);
  const { times = 1, status = 500 } = fault;
  if (!(Number.isSafeInteger(times) && times >= 1) && times !== Number.POSITIVE_INFINITY)
    throw new TypeError('times of a fault must be a whole number from 1, or Infinity.');
  if (!(Number.isSafeInteger(status) && status >= 200 && status <= 599))
    throw new TypeError('status of a fault must be a whole number from 200 to 599.');
}

/** Returns the answer that a fault gives. @internal */
export function faultAnswer({ status = 500, headers = {}, body }: FakeHaloFault): Answer {
  if (body === undefined) return { status, headers };
  if (typeof body === 'string') return { status, headers, body };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: toHaloJson(body),
  };
}

function matches({ method, path }: FakeHaloFault, requestMethod: string, requestPath: string): boolean {
  if (method !== undefined && method.toUpperCase() !== requestMethod) return false;
  if (path === undefined) return true;
  // A new RegExp, because one with the flag g or y remembers where it last stopped.
  if (typeof path !== 'string') return new RegExp(path.source, path.flags).test(requestPath);
  return requestPath.toLowerCase().includes(path.toLowerCase());
}
