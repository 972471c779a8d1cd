import { isJsonObject } from '../wire/json-object.ts';

/**
 * Returns the JSON-ready copy of a row to write: dates in Halo's form, numbers that JSON cannot hold refused.
 *
 * @throws {TypeError} when the row is no object, carries an id, or holds a number that JSON would turn into null
 * @internal
 */
export function toWriteBody(row: unknown, name: string): Record<string, unknown> {
  // What is sent is judged, not what was given: a toJSON may say something else.
  const body = isJsonObject(row) && toJson(row);
  if (!isJsonObject(body)) throw new TypeError(`${name} must be an object with Halo's field names`);
  // Halo binds names in any case.
  if (Object.keys(body).some((key) => key.toLowerCase() === 'id')) {
    throw new TypeError(`${name} may not hold an id: Halo would update that row instead of the one meant`);
  }
  return body;
}

/**
 * Returns the JSON-ready copy of a value, so that what its owner changes while a request waits is not sent.
 *
 * @throws {TypeError} when JSON cannot hold it, or would turn a number in it into null
 * @internal
 */
export function toJson(value: unknown): unknown {
  const text = JSON.stringify(value, toHaloValue);
  if (text === undefined) throw new TypeError(`body is a ${typeof value}, which JSON cannot hold`);
  return JSON.parse(text);
}

/** A replacer for JSON.stringify; `this` is the object that holds the key, before any toJSON. */
function toHaloValue(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  // The body itself has no name.
  const name = key === '' ? 'body' : key.slice(0, 60);
  if (original instanceof Date) return toHaloDate(original, name);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError(`${name} is ${value}, which JSON would send as null`);
  }
  return value;
}

/** Halo reads and writes UTC without a zone. */
function toHaloDate(date: Date, name: string): string {
  if (Number.isNaN(date.getTime())) throw new TypeError(`${name} is an invalid date`);
  return date.toISOString().slice(0, -1);
}
