import { createClosing } from './closing.ts';
import type { RateBudgetSnapshot } from './rate-budget.ts';
import type { CallOptions, HaloAnswer, HaloRequest, Transport } from './request.ts';
import type { SendingTransport, TransportOptions } from './transport.ts';

/** A transport with its lifetime. @internal */
export interface Connection extends Transport, AsyncDisposable {
  /** Returns what the rate budget knows now. */
  budget(): RateBudgetSnapshot;
  /** Ends the calls in flight and refuses further ones; resolves when all have settled. */
  close(): Promise<void>;
}

/** @internal */
export interface ConnectionOptions extends Omit<TransportOptions, 'closing'> {
  /** Loads what sends. It counts as the first call's own time. */
  readonly load: () => Promise<{ createTransport(options: TransportOptions): SendingTransport }>;
  /** Ends what belongs to this client alone, such as its token requests. */
  readonly onClose?: (() => void) | undefined;
}

/** Returns a transport that is made with its first call. @internal */
export function createConnection({ load, onClose, ...options }: ConnectionOptions): Connection {
  const { clock, rateBudget } = options;
  const closing = createClosing();
  const inFlight = new Set<Promise<unknown>>();
  let transport: SendingTransport | undefined;

  const sendFirst = async (request: HaloRequest, callOptions: CallOptions | undefined) => {
    const startedMs = clock.monotonicMs();
    const { createTransport } = await load();
    transport ??= createTransport({ ...options, closing });
    return transport.send(request, callOptions, startedMs);
  };
  const send = async (request: HaloRequest, callOptions?: CallOptions): Promise<HaloAnswer> => {
    const running = transport?.send(request, callOptions) ?? sendFirst(request, callOptions);
    inFlight.add(running);
    try {
      return await running;
    } finally {
      inFlight.delete(running);
    }
  };
  const close = async () => {
    closing.close();
    onClose?.();
    await Promise.allSettled(inFlight);
  };
  return { send, close, budget: () => rateBudget.snapshot(), [Symbol.asyncDispose]: close };
}
