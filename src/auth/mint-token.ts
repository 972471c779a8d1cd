/** A token as it was just made. @internal */
export interface MintedToken {
  readonly token: string;
  /** As the server gave it; whoever keeps the token clamps it. */
  readonly lifetimeMs: number;
  /** Wall clock before the request left: the lifetime counts from here, so that latency never lengthens it. */
  readonly requestedAtMs: number;
  /** The same moment on the clock that only moves forward. */
  readonly requestedAtMonotonicMs: number;
}

/** @internal */
export interface MintOptions {
  /** Whether a passing failure is answered with another request, as for a caller who waits. */
  readonly resend: boolean;
  /** Told when a wait for the rate limit begins and ends. */
  readonly onLimited?: ((waiting: boolean) => void) | undefined;
  /** Aborts when nobody waits any more: the request in flight may end, nothing follows it. */
  readonly abandoned?: AbortSignal | undefined;
  /** Aborts when the client is closed: the request in flight ends too. */
  readonly closed?: AbortSignal | undefined;
}

/** Makes one new token; remembers nothing. @internal */
export type MintToken = (options: MintOptions) => Promise<MintedToken>;
