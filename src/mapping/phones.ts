import { pattern } from './lookup.ts';

/** Nine digits identify a line in nearly every country; more only adds the ways of writing a country or trunk prefix. */
const KEY_DIGITS = 9;
/** Shorter numbers are extensions, short codes or fragments, shared by many. */
const FEWEST_DIGITS = 7;
/** ITU-T E.164: at most 15 digits, country code included; 5 more for an international access prefix. */
const MOST_DIGITS = 20;
/** Enough for any written number with its label; what follows is something else. */
const LONGEST_PHONE_TEXT = 64;
/** ITU-T E.164: the country codes of one and of two digits; all others have three. */
const COUNTRY_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;
/** What people type when a field demands a number. */
const COUNTED_UP = '01234567890123456789';
const COUNTED_DOWN = '98765432109876543210';

const numberEnd = pattern('[\\p{L}#/;,]', 'u');
const notInPostcode = pattern('[^\\p{L}\\p{N}]', 'gu');

const LONGEST_POSTCODE_TEXT = 32;
const LONGEST_POSTCODE = 10;
const SHORTEST_POSTCODE = 3;

/**
 * Returns what identifies a telephone line whatever way it is written: the last nine digits of the national number
 * ("+44 (0)20 7946 0958", "020 7946 0958" and "0044 2079460958" are one). Null for what cannot be a number of one
 * firm: too short, too long, one digit repeated, digits counted up or down.
 *
 * @param text a telephone number as typed
 * @internal
 */
export function phoneKey(text: string): string | null {
  const written = plainDigits(text.slice(0, LONGEST_PHONE_TEXT));
  const first = written.search(/[+\d]/);
  if (first === -1) return null;
  // The number ends where a letter (an extension) or a second number begins.
  const fromFirst = written.slice(first);
  const end = fromFirst.search(numberEnd());
  const number = end === -1 ? fromFirst : fromFirst.slice(0, end);
  const digits = number.replace(/\D/g, '');
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return null;
  const national = nationalDigits(digits, number.startsWith('+'));
  if (national.length < FEWEST_DIGITS || isFilledIn(national)) return null;
  return national.slice(-KEY_DIGITS);
}

function nationalDigits(digits: string, hasPlus: boolean): string {
  const prefix = hasPlus ? '' : /^(?:011(?=\d{9})|00)?/.exec(digits)![0];
  const rest = digits.slice(prefix.length);
  // The trunk prefix stands in brackets behind the country code too.
  return (hasPlus || prefix !== '' ? rest.replace(COUNTRY_CODE, '') : rest).replace(/^0+/, '');
}

function isFilledIn(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return true;
  return COUNTED_UP.includes(digits) || COUNTED_DOWN.includes(digits);
}

/**
 * Returns a postcode without spaces, dashes, case, country prefix and ZIP+4 part ("sw1a 1aa" is "SW1A1AA", "D-80331"
 * is "80331"). Null when it holds no digit, is too short or too long, or is one digit repeated.
 *
 * @param text a postcode as typed
 * @internal
 */
export function postcodeKey(text: string): string | null {
  if (text.length > LONGEST_POSTCODE_TEXT) return null;
  const trimmed = plainDigits(text).trim().toUpperCase();
  const local = trimmed.replace(/^[A-Z]{1,3}[- ](?=\d{4})/, '').replace(/^(\d{5})-\d{4}$/, '$1');
  const key = local.replace(notInPostcode(), '');
  if (key.length < SHORTEST_POSTCODE || key.length > LONGEST_POSTCODE || !/\d/.test(key)) return null;
  return /^(\d)\1*$/.test(key) ? null : key;
}

/** First code points of further sets of ten digits in common use: full-width, Arabic, Persian, Devanagari. */
const DIGIT_ZEROS = [0xff10, 0x0660, 0x06f0, 0x0966] as const;

function plainDigits(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (character) => {
    const code = character.charCodeAt(0);
    if (code === 0xff0b) return '+';
    const zero = DIGIT_ZEROS.find((start) => code >= start && code <= start + 9);
    return zero === undefined ? character : String(code - zero);
  });
}
