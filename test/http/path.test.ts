import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedId, parsePath, path } from '../../src/http/path.ts';

describe('path`` builds an encoded path and a template without values', () => {
  it('puts a number into the path and {id} into the template', () => {
    expect(path`/Client/${42}`).toEqual({ path: '/Client/42', template: '/Client/{id}' });
  });

  it('takes a path without values', () => {
    expect(path`/Agent/me`).toEqual({ path: '/Agent/me', template: '/Agent/me' });
  });

  it('encodes text and hides it in the template', () => {
    expect(path`/Webhook/${'a b?c#d&é'}/log/${7}`).toEqual({
      path: '/Webhook/a%20b%3Fc%23d%26%C3%A9/log/7',
      template: '/Webhook/{id}/log/{id}',
    });
  });

  it.each([0, -1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses the number %s as an id',
    (id) => {
      expect(() => path`/Client/${id}`).toThrow(TypeError);
    },
  );

  it.each([
    '',
    '.',
    '..',
    '%2e',
    '%2E%2e',
    '.%2e',
    '../token',
    '1/../2',
    'a\\b',
    'a\0b',
    'a\r\nb',
    '%2f',
    'x%5Cy',
    '\ud800',
  ])('refuses %j as a path segment', (text) => {
    expect(() => path`/Client/${text}`).toThrow(TypeError);
  });

  it('keeps any accepted text inside its segment, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let built: string;
        try {
          built = path`/Client/${text}`.path;
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          return;
        }
        const url = new URL(`https://halo.example/api${built}`);
        expect(url.origin).toBe('https://halo.example');
        expect(url.pathname.split('/')).toHaveLength(4);
        expect(url.search + url.hash).toBe('');
        expect(decodeURIComponent(url.pathname.slice('/api/Client/'.length))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe('checkedId refuses what is no id and names its kind', () => {
  it.each<[unknown, string]>([
    [0, 'zero'],
    [-3, 'negative'],
    [1.5, 'a fraction'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, 'infinite'],
    [2 ** 53, 'beyond 2^53 - 1'],
    ['7', 'a string'],
    [7n, 'a bigint'],
    [undefined, 'undefined'],
    [null, 'null'],
    [{}, 'an object'],
    [[7], 'an array'],
    [true, 'a boolean'],
  ])('%s is %s', (value, kind) => {
    expect(() => checkedId(value, 'clientId')).toThrow(
      new TypeError(`clientId must be a whole number above 0, but it is ${kind}`),
    );
  });

  it('returns an id as it is', () => {
    expect(checkedId(Number.MAX_SAFE_INTEGER)).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('parsePath takes a plain path below the API root', () => {
  it.each([
    ['/Tickets/5', '/Tickets/5', '/Tickets/{id}'],
    ['/Client', '/Client', '/Client'],
    ['/AreaAzureTenant/12/sub', '/AreaAzureTenant/12/sub', '/AreaAzureTenant/{id}/sub'],
    [
      '/Webhook/3f2504e0-4f89-11d3-9a0c-0305e82c3301',
      '/Webhook/3f2504e0-4f89-11d3-9a0c-0305e82c3301',
      '/Webhook/{id}',
    ],
    ['/Users/jane@corp.example', '/Users/jane%40corp.example', '/Users/{id}'],
    ['/Users/J%C3%BCrgen', '/Users/J%C3%BCrgen', '/Users/{id}'],
  ])('%s', (text, expected, template) => {
    expect(parsePath(text)).toEqual({ path: expected, template });
  });

  it.each([
    'https://evil.test/x',
    'HTTP:evil.test',
    '//evil.test/x',
    '/\\evil.test',
    '\\\\evil.test',
    'Tickets/5',
    '',
    '/',
    '/Tickets/',
    '/Tickets//5',
    '/Tickets/5?x=1',
    '/Tickets/5#top',
    '/../token',
    '/Tickets/./5',
    '/Tickets/%2e%2e/5',
    '/Tickets/%252e%252e/5',
    '/Tickets/a%2fb',
    '/Tickets/a%252fb',
    '/Tickets/%zz',
    '/Tickets/%ff',
    '/Tickets/5\n',
    '/Tickets/ 5',
    '/Tickets/\u200b5',
    '/Tickets/\t5',
  ])('refuses %j before any request', (text) => {
    expect(() => parsePath(text)).toThrow(TypeError);
  });

  it('refuses a path that no API has', () => {
    expect(() => parsePath(`/${'a'.repeat(2000)}`)).toThrow('longer than 1024 characters');
  });

  it('refuses what is not a string', () => {
    expect(() => parsePath(5 as unknown as string)).toThrow(new TypeError('path must be a string'));
  });

  it('never repeats the path in the error, which may hold a secret', () => {
    expect(() => parsePath('/Tickets/5?token=hunter2')).toThrow(
      expect.not.stringContaining('hunter2') as never,
    );
  });
});
