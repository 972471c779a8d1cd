/** What a secret prints and serialises as. */
export const REDACTED = '[redacted]';

/** A value that cannot be printed by accident. */
export interface Secret {
  /** The value itself, for the one place that sends it. */
  reveal(): string;
}

/** The hook of Node's `util.inspect` and `console.log`, by its registered name: no `node:` import is needed. */
export const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Keeps the value in a private field: no spread, clone, JSON or inspection reaches it. */
class HiddenValue implements Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [INSPECT](): string {
    return REDACTED;
  }
}

/**
 * Returns a secret that prints, serialises and inspects as `[redacted]`, for a client secret that passes through your
 * own objects and logs on its way here.
 *
 * A config that holds it can be spread. `structuredClone` leaves an empty object behind, not the value.
 *
 * @param value the secret itself
 * @throws {TypeError} when `value` is not a string
 * @example
 * ```ts
 * import { createSecret } from 'halo-psa';
 *
 * const clientSecret = createSecret('the client secret');
 * console.log({ clientSecret }); // { clientSecret: [redacted] }
 * ```
 */
export function createSecret(value: string): Secret {
  if (typeof value !== 'string') throw new TypeError('Expected `value` to be a string');
  return Object.freeze(new HiddenValue(value));
}

/**
 * Whether a value is a secret, also one made by a second installed copy of this package.
 *
 * @internal
 */
export function isSecret(value: unknown): value is Secret {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<Secret>).reveal === 'function'
  );
}
