import { describe, expect, it } from 'vitest';
import { encodeQuery } from '../../src/http/query.ts';
import type { QueryValue } from '../../src/http/request.ts';

describe('encodeQuery', () => {
  it('leaves undefined out, writes booleans in lower case and separates lists by commas', () => {
    const query = {
      search: 'a&b=c',
      inactive: false,
      orderdesc: true,
      page_no: 2,
      ids: [1, 2],
      gone: undefined,
    };
    expect(encodeQuery(query)).toBe('search=a%26b%3Dc&inactive=false&orderdesc=true&page_no=2&ids=1%2C2');
  });

  it('keeps an empty text, which is a value', () => {
    expect(encodeQuery({ search: '' })).toBe('search=');
  });

  it.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['null', null],
    ['an object', {}],
    ['a date', new Date(0)],
    ['half a surrogate pair', '\ud800'],
    ['an empty list, whose absence would return every row', []],
    ['a list item with a comma', ['a,b']],
    ['a list with null', [null]],
    ['a nested list', [[1]]],
  ])('refuses %s', (_, value) => {
    expect(() => encodeQuery({ field: value as QueryValue })).toThrow(TypeError);
  });
});
