import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phoneKey, postcodeKey } from '../../src/mapping/phones.ts';

describe('a telephone line has one key whatever way it is written', () => {
  it.each([
    [
      [
        '+44 (0)20 7946 0958',
        '020 7946 0958',
        '0044 20 7946 0958',
        '(020) 79460958',
        '442079460958',
        'Tel: 020-7946-0958',
      ],
    ],
    [
      [
        '+1 (555) 123-4567',
        '555.123.4567',
        '1-555-123-4567',
        '011 1 555 123 4567',
        '(555) 123-4567 ext. 89',
        '5551234567x89',
      ],
    ],
    [['+49 30 123456', '030 123456', '0049 30 123456', '030/123456'.replace('/', ' ')]],
    [['+45 12 34 56 79', '12345679', '0045 12345679']],
    [['+61 2 9374 4000', '(02) 9374 4000', '02 9374 4000']],
    [['+354 555 1235', '555 1235', '00354 5551235']],
    [['+33 1 23 45 67 80', '01 23 45 67 80', '01.23.45.67.80']],
    [['+7 495 123-45-67', '495 123 45 67', '8 (495) 123-45-67']],
    [['０２０ ７９４６ ０９５８', '٠٢٠٧٩٤٦٠٩٥٨', '۰۲۰۷۹۴۶۰۹۵۸', '020 7946 0958']],
    [['020 7946 0958 / 020 7946 0959', '020 7946 0958, 07700 900123', '020 7946 0958']],
  ])('%j', (spellings) => {
    expect(phoneKey(spellings[0]!)).toMatch(/^\d{7,9}$/);
    expect(new Set(spellings.map(phoneKey)).size).toBe(1);
  });

  it.each([
    '',
    'n/a',
    'none',
    '-',
    '123',
    '112',
    '0',
    '000000000',
    '0000 000 0000',
    '1111111111',
    '+44 0000 000000',
    '123456789',
    '01234567890',
    '1234567',
    '987654321',
    '1-800-FLOWERS',
    '123456789012345678901',
    'call reception',
    '+',
  ])('junk has none: %j', (text) => {
    expect(phoneKey(text)).toBeNull();
  });

  it('keeps different lines apart', () => {
    expect(phoneKey('020 7946 0958')).not.toBe(phoneKey('020 7946 0959'));
  });

  it('is null or seven to nine digits whatever the text, and fast', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        expect(phoneKey(text) ?? '0000000').toMatch(/^\d{7,9}$/);
      }),
    );
    const startedAt = performance.now();
    for (const unit of ['1', '+', '(0)', ' ', 'x', '0']) phoneKey(unit.repeat(1_000_000));
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('a postcode has one key whatever way it is written', () => {
  it.each([
    ['sw1a 1aa', 'SW1A1AA'],
    ['SW1A1AA', 'SW1A1AA'],
    ['12345-6789', '12345'],
    ['12345', '12345'],
    ['D-80331', '80331'],
    ['F 75001', '75001'],
    ['CH-8001', '8001'],
    ['1012 AB', '1012AB'],
    ['K1A 0B1', 'K1A0B1'],
    ['〒100-0001', '1000001'],
    ['１００-０００１', '1000001'],
    ['00-950', '00950'],
    ['2000', '2000'],
  ])('%s is %s', (text, expected) => {
    expect(postcodeKey(text)).toBe(expected);
  });

  it.each([
    '',
    '-',
    'N/A',
    'none',
    '0',
    '00000',
    '99999',
    'AB',
    '12',
    'London',
    '123456789012',
    'x'.repeat(1_000_000),
  ])('junk has none', (text) => {
    expect(postcodeKey(text)).toBeNull();
  });
});
