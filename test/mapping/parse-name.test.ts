import { describe, expect, it } from 'vitest';
import { EVIDENCE_KINDS, KIND_OFFSETS } from '../../src/mapping/evidence-kinds.ts';
import { compareForms, isLegalFormWord, splitLegalForms } from '../../src/mapping/legal-forms.ts';
import { parseName, VARIANT_SOURCE } from '../../src/mapping/parse-name.ts';
import { EVIDENCE_WEIGHTS } from '../../src/mapping/weights.ts';
import { isPlaceholder, numberOf } from '../../src/mapping/word-lists.ts';

/** The first reading in short: words | qualifiers | forms. */
function reading(name: string): string {
  const variant = parseName(name).variants[0];
  if (variant === undefined) return '';
  const { words, qualifiersFrom, forms } = variant;
  return [words.slice(0, qualifiersFrom), words.slice(qualifiersFrom), forms]
    .map((part) => part.join(' '))
    .join('|');
}

describe('a name is read as identifying words, qualifiers and legal forms', () => {
  it.each([
    ['Acme Dental Ltd', 'acme dental||ltd'],
    ['The Widget Company', 'widget||co'],
    ['Widget Company, The', 'widget||co'],
    ['Marks & Spencer plc', 'marks and spencer||plc'],
    ["Domino's", 'dominos||'],
    ['A.B.C. Carpets', 'abc carpets||'],
    ['St. Mary’s', 'st marys||'],
    ['Danaher Corp /De/', 'danaher||corp'],
    ['Corning Inc/NY', 'corning||inc'],
    ['Acme Ltd/UK', 'acme|uk|ltd'],
    ['AC/DC', 'ac|dc|'],
    ['Azelio AB (publ)', 'azelio||ab ab'],
    ['ENCAVIS AG  INH. O.N.', 'encavis||ag'],
    ['INUVO INC. NEW  DL -,001', 'inuvo||inc'],
    ['CHEERWIN GRP. -,0000002', 'cheerwin grp||'],
    ['STELLANTIS NV STELLANTIS NV ORD', 'stellantis||nv'],
    ['Alphabet Inc. - Class C Capital Stock', 'alphabet||inc'],
    ['Arrowroot Acquisition Corp. - Units', 'arrowroot acquisition||corp'],
    [
      'Amarin Corp plc - American Depositary Shares, each representing one Ordinary Share',
      'amarin||plc corp',
    ],
    ['Apollo Global, Inc. 7.625% Junior Subordinated Notes due 2053', 'apollo global||inc'],
    ['Berkshire Hathaway Inc. New Common Stock', 'berkshire hathaway||inc'],
    ['RELX PLC American Depositary Shares (Each representing One Ordinary Share)', 'relx||plc'],
    ['Business As Usual Stock Photos', 'business as usual stock photos||'],
    ['Acme Ltd Unit 4', 'acme ltd unit 4||'],
    ['First American Corp', '1 american||corp'],
    ['[SUP-1123] Bluebird Care', 'bluebird care||'],
    ['ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ «Байкал»', 'baikal||ooo'],
    ['삼성전자 주식회사', 'samseongjeonja||ltd'],
    ['Contoso Ltd (UK)', 'contoso|uk|ltd'],
    ['Acme - London', 'acme|london|'],
    ['OLD - Acme Ltd', 'acme||ltd'],
    ['C00123 - Acme Ltd', 'acme||ltd'],
    ['Acme (Managed)', 'acme||'],
    ['Twelfth Street 3rd', 'twelfth street 3||'],
    ['Company Limited', 'company||ltd'],
    ['ООО Ромашка', 'romashka||ooo'],
    ['PT Wijaya Karya Tbk', 'wijaya karya||tbk tbk'],
    ['www.acme-dental.co.uk', 'acme dental||'],
    ['AEFFE S.P.A.  EO -,25', 'aeffe||spa'],
    ['FRIWO AG O.N.', 'friwo||ag'],
    ['KONGSBERG GRUPPEN NK 1,25', 'kongsberg gruppen||'],
    ['Acme Inc. Class A Common Stock', 'acme||inc'],
    ['TAL EDUCATION GR.ADR A1/3', 'tal education gr||'],
  ])('%j', (name, expected) => {
    expect(reading(name)).toBe(expected);
  });

  it.each([
    ['Lunn Catering t/a Bluebird Cafe', ['lunn catering', 'bluebird cafe'], VARIANT_SOURCE.marker],
    ['Nevada Power Company, d/b/a NV Energy', ['nevada power', 'nv energy'], VARIANT_SOURCE.marker],
    ['Acme (formerly Apex Ltd)', ['acme', 'apex'], VARIANT_SOURCE.marker],
    [
      'Berlin Institute for Learning (BIFOLD)',
      ['berlin institute for learning bifold', 'bifold'],
      VARIANT_SOURCE.bracket,
    ],
  ])('%j has several readings', (name, expected, source) => {
    const { variants } = parseName(name);
    expect(variants.map(({ words }) => words.join(' '))).toEqual(expected);
    expect(variants.at(-1)?.source).toBe(source);
  });

  it('reads the lines of an address, but not its departments and places', () => {
    const { variants } = parseName('Dept. of Physics, Westmarch University, WRI, Arden, UK');
    expect(variants.map(({ words, source }) => [words.join(' '), source])).toEqual([
      ['dept of physics westmarch university wri arden uk', VARIANT_SOURCE.name],
      ['westmarch university', VARIANT_SOURCE.part],
      ['wri', VARIANT_SOURCE.part],
    ]);
  });

  it('says what an academic top level says', () => {
    expect(parseName('westmarch.edu').variants.map(({ squashed }) => squashed)).toEqual([
      'westmarch',
      'westmarchuniversity',
    ]);
  });

  it('takes the aliases as readings of their own, and limits how many', () => {
    expect(parseName('IBM', ['Big Blue']).variants.map(({ source }) => source)).toEqual([
      VARIANT_SOURCE.name,
      VARIANT_SOURCE.alias,
    ]);
    expect(
      parseName(
        'x',
        Array.from({ length: 50 }, (_, i) => `alias ${i}`),
      ).variants.length,
    ).toBeLessThanOrEqual(8);
  });

  it('a name without a letter or digit is blank', () => {
    expect(parseName('...')).toMatchObject({ isBlank: true, variants: [] });
    expect(parseName('', ['Alias'])).toMatchObject({ isBlank: true });
  });
});

describe('legal forms', () => {
  it('always leaves a word', () => {
    for (const words of [['ltd'], ['limited', 'company'], ['gmbh', 'and', 'co', 'kg']]) {
      const { start, end } = splitLegalForms(words);
      expect(end - start).toBeGreaterThanOrEqual(1);
    }
    expect(isLegalFormWord('gmbh')).toBe(true);
    expect(isLegalFormWord('dental')).toBe(false);
  });

  it.each([
    [[], [], 'none'],
    [['ltd'], [], 'one-sided'],
    [['ltd'], ['ltd'], 'equal'],
    [['inc'], ['corp'], 'compatible'],
    [['ltd'], ['inc'], 'conflict'],
  ] as const)('%j and %j: %s', (left, right, relation) => {
    expect(compareForms(left, right)).toBe(relation);
    expect(compareForms(right, left)).toBe(relation);
  });
});

describe('words', () => {
  it.each([
    ['12', '12'],
    ['007', '7'],
    ['12th', '12'],
    ['twelve', '12'],
    ['xii', '12'],
    ['b12', null],
    ['acme', null],
  ])('%j stands for the number %j', (word, number) => {
    expect(numberOf(word)).toBe(number);
  });

  it.each(['test', 'na', 'unknown', 'test3', 'tbd'])('%j stands for no name', (word) => {
    expect(isPlaceholder(word)).toBe(true);
  });

  it.each(['testvalley', 'acme', '3m', '123'])('%j is a name', (word) => {
    expect(isPlaceholder(word)).toBe(false);
  });
});

describe('the table of weights', () => {
  it('has a finite weight for every level of every kind', () => {
    expect(EVIDENCE_WEIGHTS).toHaveLength(KIND_OFFSETS[EVIDENCE_KINDS.length]!);
    expect(EVIDENCE_WEIGHTS.every(Number.isFinite)).toBe(true);
  });
});
