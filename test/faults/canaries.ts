import { randomBytes } from 'node:crypto';

/** Texts that must never come out again. Each case makes its own, so that a leak names its case. */
export interface Canaries {
  readonly clientSecret: string;
  /** The n-th token that the token endpoint hands out, from 0. */
  readonly token: (index: number) => string;
  /** A customer's name. */
  readonly row: string;
  readonly query: string;
  readonly proxyPassword: string;
  /** All of them, with the first tokens. */
  readonly all: readonly string[];
}

/** More tokens than any single case is handed. */
const TOKENS_SEARCHED = 12;

/** Returns fresh canaries, with characters that every encoding writes differently. */
export function createCanaries(): Canaries {
  const mark = randomBytes(8).toString('hex');
  const token = (index: number) => `canary-token/+${mark}.${index}~=`;
  const fixed = {
    clientSecret: `canary-secret/+&="${mark}`,
    row: `canary-row Zürich & Söhne "${mark}"`,
    query: `canary-query ä&="${mark}`,
    proxyPassword: `canary-proxy-${mark}`,
  };
  const tokens = Array.from({ length: TOKENS_SEARCHED }, (_, index) => token(index));
  return { ...fixed, token, all: [...Object.values(fixed), ...tokens] };
}
