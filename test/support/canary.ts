import { inspect } from 'node:util';

/** Where a secret was found, and in which form. */
export interface Leak {
  readonly canary: string;
  readonly form: string;
  readonly where: string;
}

/** A place that is searched, with the text found there. */
type Place = readonly [where: string, text: string];

/** Every form in which a library, a server or a log may show a secret. */
export function formsOf(canary: string): ReadonlyMap<string, string> {
  const base64 = Buffer.from(canary).toString('base64');
  const json = JSON.stringify(canary).slice(1, -1);
  return new Map([
    ['raw', canary],
    ['url-encoded', encodeURIComponent(canary)],
    ['form-encoded', new URLSearchParams([['', canary]]).toString().slice(1)],
    // The last group depends on what follows the secret in a longer text.
    ['base64', base64.replace(/=+$/, '').slice(0, -1)],
    ['base64url', Buffer.from(canary).toString('base64url').slice(0, -1)],
    ['json-escaped', json],
    ['json-escaped twice', JSON.stringify(json).slice(1, -1)],
  ]);
}

/**
 * Searches a value, and all that hangs on it, for secrets: what it prints, what it serialises to, and every own property
 * of every object that can be reached from it, hidden ones and symbols included.
 */
export function findLeaks(value: unknown, canaries: readonly string[]): Leak[] {
  const places = placesOf(value);
  return canaries.flatMap((canary) =>
    [...formsOf(canary)].flatMap(([form, text]) =>
      places.filter(([, found]) => found.includes(text)).map(([where]) => ({ canary, form, where })),
    ),
  );
}

function placesOf(value: unknown): Place[] {
  const places: Place[] = [
    [
      'util.inspect',
      inspect(value, {
        depth: 12,
        showHidden: true,
        getters: true,
        maxStringLength: null,
        maxArrayLength: null,
      }),
    ],
    ['JSON.stringify', stringify(value)],
    ['String', toText(value)],
  ];
  return [...places, ...walk(value)];
}

/** Own properties of everything reachable; wide and deep enough for any error, bounded against a whole module graph. */
const MOST_OBJECTS = 20_000;

function walk(root: unknown): Place[] {
  const places: Place[] = [];
  const seen = new Set<unknown>();
  const open: { value: unknown; where: string }[] = [{ value: root, where: '$' }];
  for (let entry = open.shift(); entry && seen.size < MOST_OBJECTS; entry = open.shift()) {
    const { value, where } = entry;
    if (typeof value === 'string') places.push([where, value]);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
      continue;
    seen.add(value);
    if (value instanceof Map || value instanceof Set)
      open.push({ value: [...value], where: `${where}.entries` });
    if (ArrayBuffer.isView(value))
      places.push([`${where}.bytes`, Buffer.from(value.buffer).toString('latin1')]);
    for (const key of Reflect.ownKeys(value)) {
      const name = `${where}.${String(key)}`;
      places.push([`${name} (key)`, String(key)]);
      open.push({ value: read(value, key), where: name });
    }
  }
  return places;
}

function read(source: object, key: string | symbol): unknown {
  try {
    return Reflect.get(source, key);
  } catch {
    return undefined;
  }
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

function toText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '';
  }
}
