import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, layOutColumns, shorten } from '../../src/cli/output/columns.ts';
import { csvLines, escapeFormula, unescapeFormula } from '../../src/cli/output/csv.ts';
import { safeJson } from '../../src/cli/output/json.ts';
import { createPrinter, type OutputStream } from '../../src/cli/output/printer.ts';
import { heaviestFirst } from '../../src/cli/output/reasons.ts';
import { displayWidth, showsColours } from '../../src/cli/output/text.ts';
import { timeLeftMs } from '../../src/cli/output/time-left.ts';
import { waitText } from '../../src/console/wait-text.ts';

describe('a cell of CSV', () => {
  it.each([
    '=1+1',
    '+41 44 123',
    '-2',
    '@SUM(A1)',
    "=cmd|'/C calc'!A0",
    '\tx',
    '\rx',
    '＝1',
    '|x',
    '%x',
    "'=1",
    "''=1",
  ])('that begins like a formula is a text for a spreadsheet: %j', (text) => {
    expect(escapeFormula(text)).toBe(`'${text}`);
  });

  it.each(['Acme Ltd', "'s-Hertogenbosch", 'a=b', '', '3M', '(=1)'])(
    'of another kind stays as it is: %j',
    (text) => {
      expect(escapeFormula(text)).toBe(text);
    },
  );

  it('comes back as it was, whatever it holds', () => {
    const tricky = fc.string({
      unit: fc.constantFrom("'", '=', '+', '-', '@', '|', '%', '\t', '\r', '\n', 'a', ' ', '＝'),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), tricky), (text) => {
        expect(unescapeFormula(escapeFormula(text))).toBe(text);
      }),
    );
  });

  it('is quoted where it has to be, and holds no line break and no mark that turns a line', () => {
    const [row] = parse(
      csvLines([['a,"b"', 'x\ny', 'x\u202Egpj.exe', '\u001B[31mred', undefined, -1, true]]),
    );
    expect(row).toEqual(['a,"b"', 'x y', 'x gpj.exe', '[31mred', '', '-1', 'true']);
  });

  it('is separated as asked for', () => {
    expect(csvLines([['a;b', 'c']], { delimiter: 'semicolon' })).toBe('"a;b";c\n');
  });
});

describe('reasons', () => {
  it('begin with the heaviest, on either side, and end with the base rate that every pair has', () => {
    const reasons = [
      { kind: 'start', weight: 1.1 },
      { kind: 'words', weight: 0.2 },
      { kind: 'legal-form', weight: -2.5 },
      { kind: 'lead', weight: 0.9 },
    ];
    expect(heaviestFirst(reasons).map(({ kind }) => kind)).toEqual(['legal-form', 'lead', 'words', 'start']);
  });
});

describe('JSON on a terminal', () => {
  it('holds no control character and no mark that turns a line, and means the same', () => {
    const value = { name: '\u001B[31m \u009B31m \u202E \u2066 é 中' };
    const text = safeJson(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
    expect(text).toContain('é 中');
  });
});

describe('colours', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });

  it.each([
    ['on a terminal', terminal, {}, true],
    ['not in a pipe', new PassThrough(), {}, false],
    ['not with NO_COLOR', terminal, { NO_COLOR: '1' }, false],
    ['not on a terminal that has none', terminal, { TERM: 'dumb' }, false],
    ['in a pipe with FORCE_COLOR', new PassThrough(), { FORCE_COLOR: '1' }, true],
    ['not with FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
  ])('are shown %s', (_, stream, env, expected) => {
    expect(showsColours(stream, env)).toBe(expected);
  });
});

describe('a printer', () => {
  it('waits for a slow reader once, however much is printed meanwhile, and goes on when it reads or leaves', async () => {
    for (const event of ['drain', 'close', 'error']) {
      const full = Object.assign(new EventEmitter(), { write: () => false }) as unknown as OutputStream;
      full.on('error', () => undefined);
      const printer = createPrinter(full);
      const printed = Promise.all(Array.from({ length: 20 }, (_, index) => printer.line(String(index))));
      for (const each of ['drain', 'close', 'error'])
        expect(full.listenerCount(each)).toBeLessThanOrEqual(each === 'error' ? 2 : 1);
      full.emit(event, new Error('EPIPE'));
      await printed;
      expect(full.listenerCount('drain')).toBe(0);
    }
  });
});

describe('columns', () => {
  it('are filled or cut to their width, letters of East Asia counting two', () => {
    expect([fill('ab', 4), fill('abcdef', 4), fill('中中中', 4)]).toEqual(['ab  ', 'abc…', '中… ']);
  });

  it('keep every text within its width, and say when it was cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 30 }), (text, width) => {
        const cut = shorten(text, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        if (cut !== text) expect(cut.endsWith('…')).toBe(true);
      }),
    );
  });

  it('cut a name of a million letters at once', () => {
    expect(shorten('x'.repeat(1_000_000), 20)).toBe(`${'x'.repeat(19)}…`);
  });

  it('share what is left of the page', () => {
    const layOut = layOutColumns(
      [
        { head: 'id', width: 4 },
        { head: 'name', width: null },
        { head: 'team', width: 4 },
      ],
      20,
    );
    expect(layOut(['7', 'Contoso Limited', 'a'])).toBe('7     Contoso…  a');
  });

  it('that are wide give way where the page is narrow, so that each is seen', () => {
    const layOut = layOutColumns(
      [
        { head: 'id', width: 8 },
        { head: 'name', width: null },
        { head: 'email', width: 36 },
        { head: 'team', width: 20 },
      ],
      60,
    );
    const line = layOut(['12345678', 'Jo Lindqvist', 'jo.lindqvist@demo.example', 'Second Line']);
    expect(line).toBe('12345678  Jo Lindqvist       jo.lindqvist@demo.…  Second Li…');
    expect(line.length).toBeLessThanOrEqual(60);
  });
});

describe('the time left', () => {
  const budget = { capacity: 300, used: 10, windowMs: 300_000 };
  const reading = { received: 1000, expected: 5000, pages: 10, elapsedMs: 5000, budget };

  it.each([
    ['at the pace so far', reading, 20_000],
    ['with waits for the rate limit', { ...reading, expected: 50_000 }, 245_000 + 300_000],
    ['at the end', { ...reading, expected: 1000 }, 0],
    ['after more than was expected', { ...reading, expected: 10 }, 0],
    ['before the first row', { ...reading, received: 0 }, null],
    ['where Halo does not count', { ...reading, expected: null }, null],
  ])('is told %s', (_, soFar, expected) => {
    expect(timeLeftMs(soFar)).toBe(expected);
  });

  it.each([
    [900, 'less than a second'],
    [41_100, '42 s'],
    [180_000, '3 min'],
  ])('of %d ms is "%s"', (ms, text) => {
    expect(waitText(ms)).toBe(text);
  });
});
