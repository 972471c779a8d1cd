/** A token the fake gave out. @internal */
export interface IssuedToken {
  readonly scopes: readonly string[];
  readonly expiresAtMs: number;
}

/** The tokens of one fake Halo. @internal */
export class IssuedTokens {
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Gives out a token that no other fake accepts. */
  issue(scopes: readonly string[], lifetimeSeconds: number): string {
    this.#forgetExpired();
    const token = `fake.${globalThis.crypto.randomUUID()}`;
    this.#tokens.set(token, { scopes, expiresAtMs: this.#nowMs() + lifetimeSeconds * 1000 });
    return token;
  }

  /** Returns what a request's `Authorization` header entitles to, or undefined. */
  find(authorization: string | null): IssuedToken | undefined {
    const token = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    const issued = token === undefined ? undefined : this.#tokens.get(token);
    return issued && issued.expiresAtMs > this.#nowMs() ? issued : undefined;
  }

  revokeAll(): void {
    this.#tokens.clear();
  }

  #forgetExpired(): void {
    for (const [token, { expiresAtMs }] of this.#tokens) {
      if (expiresAtMs <= this.#nowMs()) this.#tokens.delete(token);
    }
  }
}
