/** A bearer token and the moment it stops being one. */
export interface AccessToken {
  /** Sent as `Authorization: Bearer <token>`. */
  readonly token: string;
  /** Wall-clock milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** Options of one `getToken` call. */
export interface GetTokenOptions {
  /** Stops this caller's wait; other callers and the exchange itself go on. */
  readonly signal?: AbortSignal | undefined;
  /** The token that was answered 401. A new one is made only if this one is still the current one. */
  readonly rejected?: AccessToken | undefined;
  /**
   * Told when the exchange begins and ends to wait for the rate limit, which is not this caller's own time.
   * @internal
   */
  readonly onLimited?: ((waiting: boolean) => void) | undefined;
}

/** Anything that hands out access tokens; `createTokenProvider` makes one, a caller may bring its own. */
export interface TokenProvider {
  /** Returns a token that is good now. Callers at the same time share one request for it. */
  getToken(options?: GetTokenOptions): Promise<AccessToken>;
}

/** What a provider of this package can do beside. @internal */
export interface ManagedTokenProvider extends TokenProvider {
  /** A token that can be used as it is, at once: a call that finds one needs no time limit for it. */
  readyToken?(): AccessToken | undefined;
  /** Ends the exchange in flight and forgets the token. */
  close?(): void;
}
