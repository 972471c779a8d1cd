import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/auth/redactor.ts';
import { createSecret } from '../../src/auth/secret.ts';
import { formsOf } from '../support/canary.ts';
import { SECRET } from './token-endpoint.ts';

describe('createRedactor', () => {
  it.each([...formsOf(SECRET), ...formsOf('p\u00e4ss/w"rd +&= 1\\23')])('removes a secret %s', (_, form) => {
    const redact = createRedactor([SECRET, createSecret('p\u00e4ss/w"rd +&= 1\\23')]);
    expect(redact(`before ${form} after`)).toBe('before [redacted] after');
  });

  it('removes lower-case percent-encoding, escaped slashes and ASCII-only JSON', () => {
    const redact = createRedactor(['p\u00e4ss/word']);
    expect(redact('p%c3%a4ss%2fword p\\u00e4ss\\/word')).toBe('[redacted] [redacted]');
  });

  it.each([
    ['JSON with escaped slashes', 'a/b"c/d', 'a\\/b\\"c\\/d'],
    ['base64 with two signs of padding', 'abcd', 'YWJjZA=='],
    ['base64 without its padding', 'abcd', 'YWJjZA'],
    ['base64url with both of its own signs', '>>>???ÿ', 'Pj4-Pz8_w78'],
    ['a lone surrogate, percent-encoded', 'abc\ud800def', 'abc%EF%BF%BDdef'],
  ])('removes %s to the last character', (_, secret, form) => {
    expect(createRedactor([secret])(`before ${form} after`)).toBe('before [redacted] after');
  });

  it('removes a secret from credentials that were base64-encoded as a whole, at every offset', () => {
    const redact = createRedactor([SECRET]);
    for (const user of ['a', 'ab', 'abc', 'client-id']) {
      const encoded = Buffer.from(`${user}:${SECRET}:tail`).toString('base64');
      const left = redact(encoded);
      expect(left).toContain('[redacted]');
      const visible = left.split('[redacted]').map((part) => Buffer.from(part, 'base64').toString('latin1'));
      for (const part of visible) expect(part).not.toMatch(/canary|14c0|739e/);
    }
  });

  it('removes several secrets, also where one contains the other', () => {
    const redact = createRedactor(['abcd', 'abcdefgh', '']);
    expect(redact('abcdefgh abcd')).toBe('[redacted] [redacted]');
  });

  it('leaves short words and other texts alone', () => {
    expect(createRedactor(['abc', ''])('abc def')).toBe('abc def');
    expect(createRedactor([])('text')).toBe('text');
    expect(createRedactor(['secret-value'])('a secret')).toBe('a secret');
  });

  it('leaves no form of any secret behind, whatever it is made of', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 4, unit: 'grapheme' }),
        fc.string(),
        fc.string(),
        (secret, left, right) => {
          fc.pre(!'[redacted]'.includes(secret));
          const redact = createRedactor([secret]);
          for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
            expect(redact(`${left}${form}${right}`).replaceAll('[redacted]', '\0')).not.toContain(form);
          }
        },
      ),
    );
  });

  it('takes a lone surrogate', () => {
    expect(createRedactor(['abc\ud800def'])('x abc\ud800def x')).toBe('x [redacted] x');
  });
});
