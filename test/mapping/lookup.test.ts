import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { domainIn, lazy, lineOf, oneOf, pattern, readHeads, readLetters } from '../../src/mapping/lookup.ts';

test('a lazy value is made at the first call, and once', () => {
  let made = 0;
  const value = lazy(() => ++made);
  expect(made).toBe(0);
  expect([value(), value()]).toEqual([1, 1]);
});

test('a pattern is made once', () => {
  const letters = pattern('^\\p{L}+$', 'u');
  expect(letters()).toBe(letters());
  expect(['über', 'a1'].map((text) => letters().test(text))).toEqual([true, false]);
});

test('a list has its words and no others', () => {
  const isFruit = oneOf('apple pear');
  expect(['apple', 'pear', 'apple pear', 'app', ''].map(isFruit)).toEqual([true, true, false, false, false]);
  expect(oneOf('do not use|old', '|')('do not use')).toBe(true);
});

test('a word of a table is found by the number of its line', () => {
  const lineOfWord = lineOf('\nnorth south\nold new\n');
  expect(['north', 'south', 'new', 'other', ''].map(lineOfWord)).toEqual([1, 1, 2, 0, 0]);
  expect(lineOf('sa de cv,sa\nag', ',')('sa de cv')).toBe(1);
});

test('what stands first in a line is found by the words behind it, and by itself unless it is none of them', () => {
  const table = '\nltd,limited,co ltd\ninc\n';
  expect(Object.fromEntries(readHeads(table, ','))).toEqual({
    ltd: 'ltd',
    limited: 'ltd',
    'co ltd': 'ltd',
    inc: 'inc',
  });
  expect(Object.fromEntries(readHeads(table, ',', 1))).toEqual({ limited: 'ltd', 'co ltd': 'ltd' });
});

test('a domain is found by its end and its name', () => {
  const isKnown = domainIn('de:web gmx co.uk:o2 *x');
  expect(['web.de', 'gmx.de', 'o2.co.uk', '*x.co.uk'].map(isKnown)).toEqual([true, true, true, true]);
  expect(['de', 'web', 'o2.de', 'gmx.co.uk'].map(isKnown)).toEqual([false, false, false, false]);
});

test('letters are read with what stands for them, singly and in pairs', () => {
  expect([...readLetters('æae øo')]).toEqual([
    ['æ', 'ae'],
    ['ø', 'o'],
  ]);
  expect([...readLetters('ουou', 2)]).toEqual([['ου', 'ou']]);
});

test('no literal of the engine names classes of Unicode: each would slow every import by a third of a millisecond', () => {
  const folder = new URL('../../src/mapping/', import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(sources.length).toBeGreaterThan(50);
  const found = sources.filter((name) => /(?<!\\)\\p\{/.test(readFileSync(new URL(name, folder), 'utf8')));
  expect(found).toEqual([]);
});
