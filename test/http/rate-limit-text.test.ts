import { describe, expect, it } from 'vitest';
import { parseRateLimitHeaders, parseRateLimitText } from '../../src/http/rate-limit-text.ts';

const MINUTES_5 = 300_000;

describe('the limit in the text of a 429', () => {
  it.each<[string, { requests: number; windowMs: number }]>([
    ['Rate Limit Reached - 300 Requests per rolling 5 minute window', { requests: 300, windowMs: MINUTES_5 }],
    [
      '"Rate Limit Reached - 300 Requests per rolling 5 minute window"',
      { requests: 300, windowMs: MINUTES_5 },
    ],
    [
      '{"Message":"Rate Limit Reached - 700 Requests per rolling 5 minute window"}',
      { requests: 700, windowMs: MINUTES_5 },
    ],
    ['500 API requests per 3 minutes', { requests: 500, windowMs: 180_000 }],
    ['60 requests per minute', { requests: 60, windowMs: 60_000 }],
    ['10 requests per second', { requests: 10, windowMs: 1000 }],
    ['1000 requests / hour', { requests: 1000, windowMs: 3_600_000 }],
    ['1 request per 1 second', { requests: 1, windowMs: 1000 }],
    ['300   Requests per rolling 5 minute window', { requests: 300, windowMs: MINUTES_5 }],
    ['1000000 requests per 24 hours', { requests: 1_000_000, windowMs: 86_400_000 }],
    [
      `${'x'.repeat(472)}300 Requests per rolling 5 minute window`.slice(0, 512),
      { requests: 300, windowMs: MINUTES_5 },
    ],
  ])('%s', (text, limit) => {
    expect(parseRateLimitText(text)).toEqual(limit);
  });

  it.each([
    '',
    'Too many requests',
    'Rate Limit Reached - 0 Requests per rolling 5 minute window',
    'Rate Limit Reached - 300 Requests per rolling 0 minute window',
    'Rate Limit Reached - 9999999 Requests per rolling 5 minute window',
    'Rate Limit Reached - 300 Requests per rolling 99999 hour window',
    'Rate Limit Reached - 99999999999999300 Requests per rolling 5 minute window',
    'Rate Limit Reached - 1.300 Requests per rolling 5 minute window',
    'Rate Limit Reached - 300 Requests per fortnight',
  ])('states none that makes sense: %j', (text) => {
    expect(parseRateLimitText(text)).toBeUndefined();
  });

  it('is not looked for in a body that is too long, and hostile digits cost no time', () => {
    const hostile = [
      '1'.repeat(4000),
      '1 '.repeat(2000),
      '1 requests per '.repeat(270),
      'x'.repeat(5_000_000),
    ];
    const startedMs = performance.now();
    for (const text of hostile) expect(parseRateLimitText(text)).toBeUndefined();
    expect(performance.now() - startedMs).toBeLessThan(50);
    expect(
      parseRateLimitText(`${'x'.repeat(5000)} 300 Requests per rolling 5 minute window`),
    ).toBeUndefined();
  });
});

describe('the limit in headers', () => {
  it.each<[Record<string, string>, unknown]>([
    [{ 'ratelimit-policy': '300;w=300' }, { requests: 300, windowMs: MINUTES_5 }],
    [{ 'ratelimit-policy': '"default";q=100;w=60' }, { requests: 100, windowMs: 60_000 }],
    [
      { 'x-ratelimit-limit': '500', 'x-ratelimit-window': '180' },
      { requests: 500, windowMs: 180_000 },
    ],
    [{ 'x-ratelimit-limit': '500' }, undefined],
    [{ 'x-ratelimit-window': '180' }, undefined],
    [{ 'x-ratelimit-limit': '5e3', 'x-ratelimit-window': '180' }, undefined],
    [{ 'x-ratelimit-limit': '0', 'x-ratelimit-window': '180' }, undefined],
    [{ 'ratelimit-policy': `${'9'.repeat(5000)};w=1` }, undefined],
    [{ 'ratelimit-policy': '300; w=300' }, { requests: 300, windowMs: MINUTES_5 }],
    [{ 'ratelimit-policy': `${'x'.repeat(65)}300;w=300` }, undefined],
    [{ 'ratelimit-policy': `x, 300;w=300` }, undefined],
    [
      { 'x-rate-limit-limit': '500', 'ratelimit-window': '180' },
      { requests: 500, windowMs: 180_000 },
    ],
    [{}, undefined],
  ])('%j', (headers, limit) => {
    expect(parseRateLimitHeaders(new Headers(headers))).toEqual(limit);
  });
});
