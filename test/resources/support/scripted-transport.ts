import type { CallOptions, HaloAnswer, HaloRequest, Transport } from '../../../src/http/request.ts';

/** Answers one request; what it returns is the parsed body. */
export type Answer = (request: HaloRequest, call: CallOptions, index: number) => unknown;

/** A transport that is a plain function, and everything that was sent through it. */
export interface ScriptedTransport extends Transport {
  readonly sent: { readonly request: HaloRequest; readonly call: CallOptions }[];
  /** `page_no` of every request, in order. */
  readonly pages: number[];
}

export function scriptedTransport(answer: Answer): ScriptedTransport {
  const sent: { request: HaloRequest; call: CallOptions }[] = [];
  return {
    sent,
    get pages() {
      return sent.map(({ request }) => Number(request.query?.page_no));
    },
    async send(request, call = {}): Promise<HaloAnswer> {
      call.signal?.throwIfAborted();
      sent.push({ request, call });
      const value = await abortable(answer(request, call, sent.length - 1), call.signal);
      const context = {
        method: request.method,
        path: request.path.template,
        status: 200,
        requestId: 'req-1',
      };
      return { value, context };
    },
  };
}

/** Answers every request with the next of these bodies; the last one stays. */
export function inTurn(...bodies: readonly unknown[]): Answer {
  return (_request, _call, index) => {
    const body = bodies[Math.min(index, bodies.length - 1)];
    if (body instanceof Error) throw body;
    return body;
  };
}

/** Never answers. */
export const never = new Promise<never>(() => undefined);

async function abortable(value: unknown, signal: AbortSignal | undefined): Promise<unknown> {
  if (signal === undefined) return value;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    Promise.resolve(value)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
