import { describe, expect, it } from 'vitest';
import { findLeaks } from './canary.ts';

const SECRET = 'canary/"ü+7f3a9c';

describe('findLeaks finds a secret wherever it hides', () => {
  const hidden = Object.defineProperty({}, 'token', { value: SECRET, enumerable: false });
  const cyclic: { self?: unknown; secret: string } = { secret: SECRET };
  cyclic.self = cyclic;

  it.each<[string, unknown]>([
    ['a message', new Error(`denied for ${SECRET}`)],
    ['the message of a cause', new Error('outer', { cause: new Error(SECRET) })],
    ['a member of an aggregate', new AggregateError([new Error(SECRET)], 'all failed')],
    ['a hidden property', hidden],
    ['a symbol property', { [Symbol('secret')]: SECRET }],
    ['a key', { [SECRET]: 1 }],
    ['a Map', new Map([['key', { value: SECRET }]])],
    ['a Headers object', new Headers({ authorization: `Bearer ${encodeURIComponent(SECRET)}` })],
    ['a cycle', cyclic],
    ['bytes', { body: new TextEncoder().encode(encodeURIComponent(SECRET)) }],
    ['base64', `Basic ${Buffer.from(SECRET).toString('base64')}`],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ['a form', new URLSearchParams({ secret: SECRET }).toString()],
    ['JSON in JSON', JSON.stringify({ body: JSON.stringify({ SECRET }) })],
  ])('in %s', (_, value) => {
    expect(findLeaks(value, [SECRET])).not.toEqual([]);
  });

  it('and finds nothing where there is nothing', () => {
    expect(findLeaks(new Error('denied', { cause: new Error('ECONNRESET') }), [SECRET])).toEqual([]);
  });
});
