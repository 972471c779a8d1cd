import { describe, expect, it } from 'vitest';
import { isRedirect, redirectOrigin, requestIdOf } from '../../src/wire/answer-headers.ts';
import { raceAbort } from '../../src/wire/race-abort.ts';

describe('requestIdOf', () => {
  it.each([
    [{ 'x-request-id': '0HN:1' }, '0HN:1'],
    [{ 'cf-ray': '8f-LHR' }, '8f-LHR'],
    [{ 'x-request-id': 'two words', 'request-id': 'b' }, 'b'],
    [{ 'x-request-id': 'x'.repeat(129) }, undefined],
    [{}, undefined],
  ])('%j', (headers, id) => {
    expect(requestIdOf(new Headers(headers as Record<string, string>))).toBe(id);
  });
});

describe('redirectOrigin', () => {
  it.each([
    ['https://user:secret@evil.test:444/path?token=1#x', 'https://evil.test:444'],
    ['//evil.test/x', 'https://evil.test'],
    ['/login', 'https://acme.halopsa.com'],
    ['javascript:alert(1)', undefined],
    ['https://', undefined],
    [`/${'x'.repeat(5000)}`, undefined],
  ])('%j', (location, origin) => {
    expect(redirectOrigin(new Headers({ location }), 'https://acme.halopsa.com/auth/token')).toBe(origin);
  });

  it('is undefined without a location', () => {
    expect(redirectOrigin(new Headers(), 'https://acme.halopsa.com/')).toBeUndefined();
  });
});

describe('isRedirect', () => {
  it.each([
    [301, true],
    [302, true],
    [308, true],
    [304, false],
    [200, false],
    [400, false],
  ])('%s: %s', (status, redirect) => {
    expect(isRedirect(new Response(null, { status }))).toBe(redirect);
  });

  it('knows the answer that browsers give in its place', () => {
    expect(isRedirect({ status: 0, type: 'opaqueredirect' } as Response)).toBe(true);
  });
});

describe('raceAbort', () => {
  it('settles as the promise does', async () => {
    const { signal } = new AbortController();
    await expect(raceAbort(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(raceAbort(Promise.reject('no'), signal)).rejects.toBe('no');
    await expect(raceAbort(Promise.resolve(1), undefined)).resolves.toBe(1);
  });

  it('rejects with the reason of the signal, before and during', async () => {
    const controller = new AbortController();
    const never = new Promise(() => undefined);
    const pending = raceAbort(never, controller.signal);
    controller.abort('reason');
    await expect(pending).rejects.toBe('reason');
    await expect(raceAbort(Promise.reject('later'), controller.signal)).rejects.toBe('reason');
  });
});
