import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/http/json.ts';

describe('readJson', () => {
  it('reads what JSON.parse reads, to the value (property)', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const reading = readJson(text);
        // The two exceptions have tests of their own.
        fc.pre(reading.kind === 'value' && !text.includes('__proto__'));
        expect(reading).toEqual({ kind: 'value', value: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['{"id":9007199254740992}', 'id'],
    ['{"clients":[{"id":1},{"client_id":9007199254740993}]}', 'clients[1].client_id'],
    ['[{"siteId":-9007199254740992}]', '[0].siteId'],
    ['{"a":{"ids":[1,12345678901234567890]}}', 'a.ids[1]'],
    ['[[{"x":{"user_ids":[1e300]}}]]', '[0][0].x.user_ids[0]'],
  ])('refuses an id that would be rounded: %s', (text, path) => {
    expect(readJson(text)).toEqual({ kind: 'unsafe-id', path });
  });

  it.each([
    '{"size":9007199254740993}',
    '{"id":"9007199254740993"}',
    '{"id":9007199254740991}',
    '{"id":1.5}',
    '{"paid":1e300}',
  ])('leaves other numbers and texts alone: %s', (text) => {
    expect(readJson(text)).toEqual({ kind: 'value', value: JSON.parse(text) });
  });

  it('takes 256 levels and refuses 257, without a stack', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(readJson(nested(256)).kind).toBe('value');
    expect(readJson(nested(257))).toEqual({ kind: 'too-deep' });
    expect(readJson(nested(1_000_000))).toEqual({ kind: 'too-deep' });
  });

  it.each<[string, string]>([
    ['{"a":1', 'cut'],
    ['{"a":"x', 'cut'],
    ['{"a":"x\\"', 'cut'],
    ['[1,2', 'cut'],
    ['{"a":1,}', 'broken'],
    ['{"a":"]"]', 'broken'],
    ['nonsense', 'broken'],
    ['{"a":"\\\\"}}', 'broken'],
  ])('tells text that stops too early from text that is wrong: %s is %s', (text, kind) => {
    expect(readJson(text)).toEqual({ kind });
  });

  it('calls every proper beginning of an object or list cut (property)', () => {
    const whole = fc
      .oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()))
      .map((value) => JSON.stringify(value));
    fc.assert(
      fc.property(whole, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (text, share) => {
        const beginning = text.slice(0, Math.max(1, Math.floor(text.length * share)));
        expect(readJson(beginning)).toEqual({ kind: 'cut' });
      }),
    );
  });
});
