/** What stands between braces in JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells an object from lists and other values. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
