import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/wire/retry-after.ts';

const NOW = Date.UTC(1994, 10, 6, 8, 49, 37);
const retryAfter = (value: string, nowMs = NOW) =>
  parseRetryAfter(new Headers({ 'retry-after': value }), nowMs);

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['1', 1000],
    ['59', 59_000],
    ['30 ', 30_000],
    ['2147484', 2_147_484_000],
    ['9999999999', 9_999_999_999_000],
  ])('%j is that many seconds', (value, ms) => {
    expect(retryAfter(value)).toBe(ms);
  });

  it.each([
    ['Sun, 06 Nov 1994 08:50:37 GMT', 60_000],
    ['Sunday, 06-Nov-94 08:50:37 GMT', 60_000],
    ['Sun Nov  6 08:50:37 1994', 60_000],
    ['Tue Nov 15 08:49:37 1994', 9 * 86_400_000],
    ['Sun, 06 Nov 1994 08:00:00 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('%j is a moment, and one in the past is now', (value, ms) => {
    expect(retryAfter(value)).toBe(ms);
  });

  it('reads a two-digit year that would be far ahead as a past one', () => {
    const now = Date.UTC(2026, 0, 1);
    expect(retryAfter('Sunday, 06-Nov-94 08:49:37 GMT', now)).toBe(0);
    expect(retryAfter('Thursday, 01-Jan-26 00:01:00 GMT', now)).toBe(60_000);
  });

  it.each([
    '-5',
    '+5',
    '1e3',
    '0x10',
    '1.5',
    '5, 5',
    '',
    'soon',
    '99999999999999',
    'Mon, 06 Nov 1994 08:50:37 GMT',
    'Monday, 06-Nov-94 08:50:37 GMT',
    'Sundae, 06-Nov-94 08:50:37 GMT',
    'Sunxyzday, 06-Nov-94 08:50:37 GMT',
    'Mon Nov  6 08:50:37 1994',
    'sun, 06 nov 1994 08:50:37 GMT',
    'Sun, 00 Nov 1994 08:50:37 GMT',
    'Sun Nov 31 08:50:37 1994',
    'Sun, 06 Nov 1994 08:50:37 CET',
    'Sun, 06 Nov 1994 08:50:37',
    'Sun, 06 Nov 1994 08:50:37 +0100',
    '1994-11-06T08:50:37Z',
    'Sun, 31 Feb 1994 08:50:37 GMT',
    'Sun, 06 Foo 1994 08:50:37 GMT',
    'Sun, 06 Nov 1994 24:50:37 GMT',
    'Sun, 06 Nov 1994 08:60:37 GMT',
    'Sun, 06 Nov 1994 08:50:60 GMT',
    `Sun, 06 Nov 1994 08:50:37 GMT${' GMT'.repeat(20)}`,
    'x'.repeat(100_000),
  ])('%j says nothing that is beyond doubt', (value) => {
    expect(retryAfter(value)).toBeNull();
  });
});

describe('rate limit reset headers', () => {
  const at = Date.UTC(2026, 10, 23);
  it.each([
    ['x-ratelimit-reset', '30', 30_000],
    ['ratelimit-reset', '7', 7000],
    ['x-rate-limit-reset', '0', 0],
    ['x-ratelimit-reset', String(at / 1000 + 12), 12_000],
    ['x-ratelimit-reset', String(at + 1500), 1500],
    ['x-ratelimit-reset', String(at / 1000 - 60), 0],
    ['x-ratelimit-reset', String(at - 60_000), 0],
    ['x-ratelimit-reset', 'tomorrow', null],
    ['x-ratelimit-limit', '30', null],
  ])('%s: %s', (name, value, ms) => {
    expect(parseRetryAfter(new Headers({ [name]: value }), at)).toBe(ms);
  });

  it('yield to Retry-After, also to one that cannot be read', () => {
    const headers = new Headers({ 'x-ratelimit-reset': '30', 'retry-after': '5' });
    expect(parseRetryAfter(headers, at)).toBe(5000);
    headers.set('retry-after', 'soon');
    expect(parseRetryAfter(headers, at)).toBeNull();
  });
});
