import { isJsonObject } from '../wire/json-object.ts';

/**
 * Refuses an object with a name in it that nobody would read. One whose value is undefined was not given.
 *
 * @throws {TypeError} when there is one, or `given` is no object
 * @internal
 */
export function refuseUnknownNames(what: string, given: unknown, known: readonly string[]): void {
  checkObject(what, given);
  const unknown = Object.keys(given).find((name) => given[name] !== undefined && !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`unknown name "${unknown.slice(0, 60)}" in ${what}; known are ${known.join(', ')}`);
}

/**
 * Checks that a caller's options are an object.
 *
 * @throws {TypeError} when they are none
 * @internal
 */
export function checkObject(what: string, given: unknown): asserts given is Record<string, unknown> {
  if (!isJsonObject(given)) throw new TypeError(`${what} must be an object`);
}
