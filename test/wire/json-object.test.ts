import { describe, expect, it } from 'vitest';
import { isJsonObject, parseJsonObject } from '../../src/wire/json-object.ts';

describe('parseJsonObject', () => {
  it.each([
    ['{}', {}],
    [' {"error":"invalid_client"}\n', { error: 'invalid_client' }],
    ['{"a":{"b":[1]}}', { a: { b: [1] } }],
    ['{"a":1,"a":2}', { a: 2 }],
  ])('reads %s', (text, value) => {
    expect(parseJsonObject(text)).toEqual(value);
  });

  it.each(['null', '[]', '[{"error":"x"}]', '"text"', '5', 'true'])('reads no object in %s', (text) => {
    expect(parseJsonObject(text)).toBeUndefined();
  });

  it.each(['', ' ', '{', '{"token":"abc"', "{'a':1}", '<html>{}</html>', '{}{}', '\uFEFF{}', 'NaN'])(
    'does not throw for %j, whose text may hold a token',
    (text) => {
      expect(parseJsonObject(text)).toBeUndefined();
    },
  );

  it('keeps a __proto__ in the text an own key', () => {
    const value = parseJsonObject('{"__proto__":{"error":"x"}}');
    expect(value?.error).toBeUndefined();
    expect(Object.keys(value ?? {})).toEqual(['__proto__']);
  });
});

describe('isJsonObject', () => {
  it.each([{}, { a: 1 }, Object.create(null)])('takes %j', (value) => {
    expect(isJsonObject(value)).toBe(true);
  });

  it.each([null, undefined, [], 'text', 5, true, () => 1])('refuses %j', (value) => {
    expect(isJsonObject(value)).toBe(false);
  });
});
