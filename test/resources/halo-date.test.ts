import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { haloDate } from '../../src/resources/halo-date.ts';

describe('haloDate', () => {
  it.each([
    ['no zone, milliseconds', '2026-10-03T06:24:10.967', '2026-10-03T06:24:10.967Z'],
    ['no zone, no fraction', '2026-10-02T23:00:00', '2026-10-02T23:00:00.000Z'],
    ['two fraction digits', '2026-02-10T08:59:01.12', '2026-02-10T08:59:01.120Z'],
    ['one fraction digit', '2026-02-10T08:59:01.5', '2026-02-10T08:59:01.500Z'],
    ['seven fraction digits', '2026-02-10T08:59:01.1234567', '2026-02-10T08:59:01.123Z'],
    ['no seconds', '2026-02-10T08:59', '2026-02-10T08:59:00.000Z'],
    ['a day', '2026-02-10', '2026-02-10T00:00:00.000Z'],
    ['Z', '2026-02-10T08:59:01Z', '2026-02-10T08:59:01.000Z'],
    ['an offset', '2026-02-10T08:59:01+02:00', '2026-02-10T06:59:01.000Z'],
    ['a negative offset without colon', '2026-02-10T22:59:01-0530', '2026-02-11T04:29:01.000Z'],
    ['a leap day', '2024-02-29T00:00:00', '2024-02-29T00:00:00.000Z'],
    ['a date of birth', '1951-06-01T00:00:00', '1951-06-01T00:00:00.000Z'],
  ])('reads %s as UTC', (_what, text, iso) => {
    expect(haloDate(text)?.toISOString()).toBe(iso);
  });

  it.each([
    ["the database's zero", '1900-01-01T00:00:00'],
    ["OLE automation's zero", '1899-12-30T00:00:00'],
    ['the other zero', '1901-01-01T00:00:00'],
    ['a zero moved by a time zone', '1899-12-31T23:00:00'],
    [".NET's zero", '0001-01-01T00:00:00'],
    ['a year that Date.UTC would move', '0099-01-01T00:00:00'],
    ['an empty text', ''],
    ['a word', 'soon'],
    ['a day that does not exist', '2026-02-30T00:00:00'],
    ['a month that does not exist', '2026-13-01'],
    ['hour 24', '2026-02-10T24:00:00'],
    ['minute 60', '2026-02-10T00:60:00'],
    ['second 60', '2026-02-10T00:00:60'],
    ['day 0', '2026-02-00'],
    ['text behind a date', '2026-02-10T00:00:00 x'],
    ['a line break behind a date', '2026-02-10\n'],
    ['a number', 1_790_000_000_000],
    ['null', null],
    ['undefined', undefined],
    ['an object', {}],
  ])('is null for %s', (_what, value) => {
    expect(haloDate(value)).toBeNull();
  });

  it('reads every moment from 1902 on back from the form that Halo sends', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1902-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (moment) => {
          expect(haloDate(moment.toISOString().slice(0, -1))).toEqual(moment);
        },
      ),
    );
  });
});
