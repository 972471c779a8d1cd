import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transliterate } from '../../src/mapping/transliterate.ts';

describe('other scripts are written in Latin letters', () => {
  it.each([
    ['Greek', 'Ελληνική Εταιρεία', 'elliniki etaireia'],
    ['Greek', 'Παπαδόπουλος', 'papadopoulos'],
    ['Greek, accent on a pair', 'Μπάρμπας ΑΓΓΕΛΟΥ', 'barmpas angelou'],
    ['Greek av and af', 'Αύρα Αυτοκίνητα Ευρώπη', 'avra aftokinita evropi'],
    ['Greek, diaeresis keeps letters apart', 'Αϋπνία', 'aypnia'],
    ['Greek capitals', 'ΑΘΗΝΑ ΨΥΧΗ ΞΕΝΙΑ', 'athina psychi xenia'],
    ['Russian', 'Ромашка', 'romashka'],
    ['Russian', 'Щукин и Сыновья', 'shchukin i synovya'],
    ['Russian', 'Газпром Нефть', 'gazprom neft'],
    ['Russian, short i', 'Чайка', 'chayka'],
    ['Ukrainian', 'Київстар', 'kiivstar'],
    ['Ukrainian', 'Нафтогаз України', 'naftogaz ukraini'],
    ['Serbian', 'Њива Ђаковић', 'njiva dakovic'],
    ['Kazakh', 'Қазақ Өнім', 'kazak onim'],
    ['Hebrew', 'שלום', 'shlom'],
    ['Hebrew, letters that are vowels inside a word', 'ויקטור ירושלים', 'viktor yroshlim'],
    ['Hebrew with points', 'שָׁלוֹם', 'shlom'],
    ['Arabic', 'شركة النور', 'shrka alnur'],
    ['Arabic with vowel signs and stretching', 'مُحَمَّـد', 'mhmd'],
    ['Persian', 'پارس گاز', 'pars gaz'],
    ['Hiragana', 'さくら', 'sakura'],
    ['Katakana with a long vowel', 'トヨタ モーター', 'toyota mota'],
    ['Katakana with small letters', 'シャープ キャノン チョコ ジュース', 'shapu kyanon choko jusu'],
    ['Katakana doubled', 'ニッポン マッチ ロッテ', 'nippon matchi rotte'],
    [
      'Katakana for foreign sounds',
      'ファミリー ティファール ウィン シェル ヴァン デュオ',
      'famiri tifaru win sheru van dyuo',
    ],
    ['Katakana n', 'ホンダ', 'honda'],
    ['Hiragana with small letters', 'ひゃくえん しょうじょ ちゃ', 'hyakuen shoujo cha'],
    ['Hangul', '삼성', 'samseong'],
    ['Hangul, a tail that a vowel takes over', '한국어', 'hangugeo'],
    ['Hangul, l before r', '신라 달라', 'sinra dalla'],
    ['Hangul, silent lead', '우아 안녕', 'ua annyeong'],
    [
      'Latin strokes and ligatures',
      'Łódź Ørsted Þór æther Đuro straße œuvre Işık ıslak',
      'lódź orsted thór aether duro strasse oeuvre Işik islak',
    ],
  ])('%s: %s', (_, text, expected) => {
    expect(transliterate(text)).toBe(expected);
  });

  it.each([
    ['Han', '株式会社 中国石油'],
    ['Thai', 'บริษัท'],
    ['Devanagari', 'टाटा'],
    ['accented Latin, which the normalizer folds', 'Müller é e\u0301'],
    ['signs and emoji', '™ 😀 – “x”'],
    ['nothing', ''],
  ])('leaves %s as it is', (_, text) => {
    expect(transliterate(text)).toBe(text);
  });
});

describe('transliteration is a safe pure function', () => {
  it('changes nothing more when applied again, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const once = transliterate(text.normalize('NFKC'));
        expect(transliterate(once)).toBe(once);
      }),
    );
  });

  it('leaves no letter of the mapped scripts for any single letter of their main blocks', () => {
    const blocks = [
      [0x3b1, 0x3c9],
      [0x410, 0x44f],
      [0x5d0, 0x5ea],
      [0x621, 0x63a],
      [0x641, 0x64a],
      [0x3041, 0x3096],
      [0x30a1, 0x30f6],
      [0xac00, 0xd7a3],
    ] as const;
    for (const [first, last] of blocks) {
      for (let code = first; code <= last; code++) {
        expect(transliterate(String.fromCharCode(code))).toMatch(/^[a-z]*$/);
      }
    }
  });

  it('reads every Hangul syllable that another follows as the two together begin and end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0xac00, max: 0xd7a3 }),
        fc.integer({ min: 0xac00, max: 0xd7a3 }),
        (a, b) => {
          expect(transliterate(String.fromCharCode(a, b))).toMatch(/^[a-z]{2,12}$/);
        },
      ),
    );
  });

  it('is linear: two hundred thousand letters of any kind take a moment', () => {
    // Quadratic work would take minutes; the bound is wide because other work may share the processor.
    for (const unit of ['Я', 'ー', 'ッ', 'ά', 'e\u0301', 'שׁ', '힣', 'ΑΥ']) {
      const startedAt = performance.now();
      transliterate(unit.repeat(200_000 / unit.length));
      expect(performance.now() - startedAt).toBeLessThan(2000);
    }
  });
});
