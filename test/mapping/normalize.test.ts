import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasLookAlikes, unmaskLookAlikes } from '../../src/mapping/look-alikes.ts';
import { cutText, foldText, MAX_NAME_UNITS } from '../../src/mapping/normalize.ts';

describe('a name is cut to 1,024 code units, never inside a surrogate pair', () => {
  it.each([
    ['a short name stays', 'acme', 'acme'],
    ['a long one is cut', 'a'.repeat(2000), 'a'.repeat(1024)],
    ['a pair at the edge is dropped whole', `${'a'.repeat(1023)}\u{1f600}b`, 'a'.repeat(1023)],
    ['a pair before the edge stays', `${'a'.repeat(1022)}\u{1f600}b`, `${'a'.repeat(1022)}\u{1f600}`],
  ])('%s', (_title, text, expected) => {
    expect(cutText(text)).toBe(expected);
  });

  it('cuts again after NFKC, which can lengthen a text 18 times', () => {
    expect(foldText('\ufdfa'.repeat(1000)).length).toBeLessThanOrEqual(MAX_NAME_UNITS);
  });
});

describe('folding removes case, width, accents and compatibility forms', () => {
  it.each([
    ['ACME', 'acme'],
    ['ＡＣＭＥ', 'acme'],
    ['Müller', 'muller'],
    ['Straße', 'strasse'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['Ørsted Łódź Æon Þór Œuvre', 'orsted lodz aeon thor oeuvre'],
    ['ﬁnance', 'finance'],
    ['İstanbul', 'istanbul'],
    ['한국', '한국'],
    ['ガス', 'ガス'],
  ])('%j becomes %j', (text, expected) => {
    expect(foldText(text)).toBe(expected);
  });

  it('is idempotent for every code point', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const once = foldText(String.fromCodePoint(code));
      if (foldText(once) !== once) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('is idempotent for random strings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const once = foldText(text);
        expect(foldText(once)).toBe(once);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('look-alike scripts and invisible characters are noticed', () => {
  it.each([
    ['\u0410cme', 'a Cyrillic letter within a Latin word'],
    ['Ac\u200bme', 'a zero-width space'],
    ['Acme\u202e', 'a direction mark'],
    ['\u0410\u0421\u041c\u0415 Ltd', 'a Cyrillic word that imitates a Latin one, beside a Latin word'],
    ['Acm\u03b5', 'a Greek letter'],
  ])('%j: %s', (name) => {
    expect(hasLookAlikes(name)).toBe(true);
  });

  it.each(['Acme', 'ООО Ромашка', 'Παπαδόπουλος', 'Müller', 'ヤマダ電機', 'Яндекс Go'])(
    '%j is what it seems',
    (name) => {
      expect(hasLookAlikes(name)).toBe(false);
    },
  );

  it('rewrites them as the letters they imitate, so that the customer can be suggested', () => {
    expect(unmaskLookAlikes('\u0430cme')).toBe('acme');
    expect(unmaskLookAlikes('ac\u200bme')).toBe('acme');
    expect(unmaskLookAlikes('ромашка')).toBe('ромашка');
  });
});
