import { describe, expect, it } from 'vitest';
import {
  displayWidth,
  duration,
  pageWidth,
  percent,
  plural,
  printable,
  reflow,
  signed,
  wrap,
} from '../../src/cli/output/text.ts';

describe('what the demo prints', () => {
  it.each([
    ['an escape sequence', '\u001B[31mAcme', '[31mAcme'],
    ['line breaks', 'Acme\r\nLtd', 'Acme Ltd'],
    ['a mark that turns the line', 'Acme \u202Egpj.exe', 'Acme gpj.exe'],
    ['invisible characters', 'Ac\u200Bme', 'Ac me'],
  ])('shows a name with %s harmlessly', (_, name, shown) => {
    expect(printable(name)).toBe(shown);
  });

  it.each([
    [null, '-'],
    [1, '100%'],
    [0.9999, '99.9%'],
    [0.57, '57.0%'],
    [0, '0.0%'],
  ])('shows the share %j as %j, and 100%% only for all', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  it.each([
    [2.44, '+2.4'],
    [-1.26, '-1.3'],
    [0, '0.0'],
    [-0.01, '0.0'],
    [0.01, '0.0'],
  ])('shows the weight %j as %j', (weight, text) => {
    expect(signed(weight)).toBe(text);
  });

  it('fits the terminal, from 60 to 110 columns', () => {
    expect([40, 100, 300].map((columns) => pageWidth(columns))).toEqual([60, 100, 110]);
  });

  it('names durations and counts', () => {
    expect([duration(84.2), duration(1234)]).toEqual(['84 ms', '1.2 s']);
    expect([plural(1, 'row'), plural(2, 'row'), plural(2, 'oddity', 'oddities')]).toEqual([
      '1 row',
      '2 rows',
      '2 oddities',
    ]);
  });

  it('counts columns as a terminal shows them', () => {
    expect(displayWidth('Zürich')).toBe(6);
    expect(displayWidth('Zu\u0308rich')).toBe(6);
    expect(displayWidth('キヤノン')).toBe(8);
    expect(displayWidth('\u001B[31mred\u001B[39m')).toBe(3);
  });

  it('breaks long lines between words, and counts no colours', () => {
    expect(wrap('one two three\nfour', 8)).toBe('one two\nthree\nfour');
    expect(wrap('\u001B[1mone\u001B[22m two', 7)).toBe('\u001B[1mone\u001B[22m two');
    expect(wrap('indivisible word', 5)).toBe('indivisible\nword');
  });

  it('fills the page with its paragraphs, and leaves lines that are set in', () => {
    expect(reflow('\none\ntwo three\n\nExample:\n  $ one two three\n\nfour five\n', 9)).toBe(
      '\none two\nthree\n\nExample:\n  $ one two three\n\nfour five\n',
    );
    expect(reflow('one\ntwo three', 99)).toBe('one two three');
    expect(reflow('\n', 99)).toBe('\n');
  });
});
