import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSecret, isSecret } from '../../src/auth/secret.ts';
import { findLeaks } from '../support/canary.ts';

const CANARY = 'canary-3f1c"9\\é';

describe('a secret', () => {
  const secret = createSecret(CANARY);

  it('gives its value to who asks for it by name', () => {
    expect(secret.reveal()).toBe(CANARY);
    expect(isSecret(secret)).toBe(true);
    expect(isSecret({ reveal: () => 'another copy of the package' })).toBe(true);
    const callable = Object.assign(() => 'x', { reveal: () => 'x' });
    expect([null, 'text', {}, { reveal: 1 }, callable].some(isSecret)).toBe(false);
  });

  it('prints, serialises and inspects as [redacted]', () => {
    expect(`${secret}`).toBe('[redacted]');
    expect(String(secret)).toBe('[redacted]');
    expect(`${secret}${secret}`).toBe('[redacted][redacted]');
    expect(JSON.stringify({ secret })).toBe('{"secret":"[redacted]"}');
    expect(inspect({ secret }, { showHidden: true })).toBe('{ secret: [redacted] }');
    expect(String((secret as unknown as { toString(): string }).toString())).toBe('[redacted]');
  });

  it('survives a spread of the config that holds it', () => {
    const config = { ...{ clientSecret: secret } };
    expect(config.clientSecret.reveal()).toBe(CANARY);
  });

  it('leaves nothing of its value in clones, spreads, entries or anything that can be reached from it', () => {
    const copies = [
      structuredClone(secret),
      { ...secret },
      Object.entries(secret),
      Object.assign({}, secret),
      [secret],
    ];
    expect(findLeaks([secret, ...copies], [CANARY])).toEqual([]);
  });

  it('cannot be changed', () => {
    expect(() => Object.assign(secret, { reveal: () => 'other' })).toThrow(TypeError);
  });

  it.each([undefined, null, 7, {}])('is made of a text, not of %j', (value) => {
    expect(() => createSecret(value as string)).toThrow(TypeError);
  });
});
