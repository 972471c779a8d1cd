import { isSecret, REDACTED, type Secret } from './secret.ts';

/** Shorter values occur in ordinary words; replacing them would destroy every message and hide nothing. */
const SHORTEST_SECRET = 4;

/**
 * Returns a function that replaces known secrets in a text by `[redacted]`, in every form in which a server or a
 * library may quote them: as they are, percent-encoded, form-encoded, JSON-escaped, base64 and base64url (also inside
 * a longer encoded text such as `Basic` credentials).
 *
 * @param secrets values shorter than 4 characters are left alone
 * @internal
 */
export function createRedactor(secrets: readonly (string | Secret)[]): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    const value = isSecret(secret) ? secret.reveal() : secret;
    if (value.length >= SHORTEST_SECRET) for (const form of formsOf(value)) forms.add(form);
  }
  // Longest first: a form may contain another one, whose replacement would leave the rest of it behind.
  const ordered = [...forms].sort((left, right) => right.length - left.length);
  if (ordered.length === 0) return (text) => text;
  const pattern = new RegExp(ordered.map(escapeRegExp).join('|'), 'g');
  return (text) => text.replace(pattern, REDACTED);
}

function formsOf(value: string): string[] {
  const percent = percentEncode(value);
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  const json = JSON.stringify(value).slice(1, -1);
  const asciiJson = json.replace(/[^\x20-\x7e]/g, escapeUnit);
  return [
    value,
    percent,
    lowerCaseHex(percent),
    form,
    lowerCaseHex(form),
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll('/', '\\/'),
    asciiJson,
    asciiJson.replaceAll('/', '\\/'),
    ...base64Forms(value),
  ];
}

/** A lone surrogate makes `encodeURIComponent` throw; what is sent in its place is U+FFFD. */
function percentEncode(value: string): string {
  return encodeURIComponent(value.replace(/\p{Cs}/gu, '\ufffd'));
}

function lowerCaseHex(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase());
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Base64 packs three bytes into four characters, so a value inside a longer text looks different at each of the three
 * offsets. Of every form only the characters that the value alone decides are kept.
 */
function base64Forms(value: string): string[] {
  const bytes = new TextEncoder().encode(value);
  const forms: string[] = [];
  for (const offset of [0, 1, 2]) {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    const encoded = toBase64(padded);
    // At least four characters of any secret: fewer could be any text.
    forms.push(encoded.slice(Math.ceil((offset * 4) / 3), Math.floor((padded.length * 4) / 3)));
  }
  const alone = toBase64(bytes);
  forms.push(alone, alone.replace(/=+$/, ''));
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
