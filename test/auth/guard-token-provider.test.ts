import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { guardTokenProvider } from '../../src/auth/guard-token-provider.ts';
import type { AccessToken, GetTokenOptions, TokenProvider } from '../../src/auth/token-provider.ts';
import { HaloAuthError, HaloNetworkError } from '../../src/errors.ts';
import { findLeaks } from '../support/canary.ts';

const CANARY = 'canary-token-0001';
const GOOD = { token: CANARY, expiresAtMs: 1_800_000_000_000 };
const guard = (getToken: (options?: GetTokenOptions) => unknown) =>
  guardTokenProvider({ getToken } as TokenProvider);

describe('a token provider of the caller', () => {
  it('passes on what it returns', async () => {
    const provider = guard(async () => GOOD);
    expect(await provider.getToken()).toEqual(GOOD);
    expect(await guard(() => GOOD).getToken({})).toEqual(GOOD);
  });

  it.each([
    [
      'throws at once',
      () => {
        throw new Error(CANARY);
      },
    ],
    [
      'rejects',
      () => Promise.reject(Object.assign(new Error(CANARY), { code: 'ECONNREFUSED', config: { CANARY } })),
    ],
    ['rejects with a text', () => Promise.reject(CANARY)],
    ['returns nothing', () => undefined],
    ['returns a text', () => CANARY],
    ['returns no token', () => ({ expiresAtMs: 1 })],
    ['returns an empty token', () => ({ ...GOOD, token: '' })],
    ['returns a token with Bearer in front', () => ({ ...GOOD, token: `Bearer ${CANARY}` })],
    ['returns a token with a line break', () => ({ ...GOOD, token: `${CANARY}\r\nx: y` })],
    ['returns a token beyond ASCII', () => ({ ...GOOD, token: `${CANARY}\u0100` })],
    ['returns a token of 20 kB', () => ({ ...GOOD, token: 'x'.repeat(20_000) })],
    ['returns a token that is a number', () => ({ ...GOOD, token: 7 })],
    ['returns no expiry', () => ({ token: CANARY })],
    ['returns a date as expiry', () => ({ token: CANARY, expiresAtMs: new Date() })],
    ['returns NaN as expiry', () => ({ token: CANARY, expiresAtMs: Number.NaN })],
  ])('that %s is a HaloAuthError without its text', async (_, getToken) => {
    const error = await guard(getToken)
      .getToken()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HaloAuthError);
    expect(error).toMatchObject({ code: 'HALO_AUTH_PROVIDER', retryable: false });
    expect((error as HaloAuthError).hint).not.toBe('');
    expect(findLeaks(error, [CANARY])).toEqual([]);
  });

  it('passes errors of this package unchanged', async () => {
    const error = new HaloNetworkError({ code: 'HALO_NETWORK_DNS', summary: 'x', hint: 'x' });
    await expect(guard(() => Promise.reject(error)).getToken()).rejects.toBe(error);
  });

  it('is not waited for after an abort, and not asked after one', async () => {
    const controller = new AbortController();
    let asked = 0;
    const provider = guard(() => {
      asked += 1;
      return new Promise(() => undefined);
    });
    const pending = provider.getToken({ signal: controller.signal });
    controller.abort('left');
    await expect(pending).rejects.toBe('left');
    await expect(provider.getToken({ signal: controller.signal })).rejects.toBe('left');
    expect(asked).toBe(1);
  });

  it('gets the signal, and as rejected the very object that it gave', async () => {
    const seen: (GetTokenOptions | undefined)[] = [];
    const provider = guard((options) => {
      seen.push(options);
      return GOOD;
    });
    const { signal } = new AbortController();
    const access = await provider.getToken();
    await provider.getToken({ signal, rejected: access });
    expect(seen[1]?.rejected).toBe(GOOD as AccessToken);
    expect(seen[1]?.signal).toBe(signal);
    const foreign = { token: 'x', expiresAtMs: 0 };
    await provider.getToken({ rejected: foreign });
    expect(seen[2]?.rejected).toBe(foreign);
  });

  it('shows no token', () => {
    const provider = guardTokenProvider({ getToken: async () => GOOD, ...{ token: CANARY } });
    expect(inspect(provider)).toBe('TokenProvider { token: [redacted] }');
    expect(findLeaks(provider, [CANARY])).toEqual([]);
  });
});
