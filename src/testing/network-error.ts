const SENTENCES: Readonly<Record<string, (host: string) => string>> = {
  ENOTFOUND: (host) => `getaddrinfo ENOTFOUND ${host}`,
  ECONNREFUSED: (host) => `connect ECONNREFUSED ${host}`,
  ECONNRESET: () => 'read ECONNRESET',
  CERT_HAS_EXPIRED: () => 'certificate has expired',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => 'unable to verify the first certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: () => 'self-signed certificate',
};

/** Returns what Node's `fetch` rejects with when a connection fails. @internal */
export function networkError(code: string, host: string): TypeError {
  const message = SENTENCES[code]?.(host) ?? code;
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error(message), { code, hostname: host }),
  });
}

/** Tells a failed connection from a mistake inside the fake. @internal */
export function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError && error.message === 'fetch failed';
}
