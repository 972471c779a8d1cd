/** What an organization really is. Several rows, or an array, give several accepted customers. */
export interface MappingTruth {
  organizationId: string | number;
  /** Null when the organization is none of the customers. */
  customerId: CustomerIds;
}

/** One id, several accepted ids, or null for "none of the customers". */
export type CustomerIds = string | number | null | readonly (string | number)[];

/**
 * Reads the known answers into accepted customer ids per organization id, both as strings; an empty set means that
 * the organization is none of the customers.
 *
 * @throws {TypeError} when a row is not an object, or an id is neither a string nor a number
 * @internal
 */
export function readTruth(
  truth: Iterable<MappingTruth> | ReadonlyMap<string | number, CustomerIds>,
): Map<string, Set<string>> {
  const accepted = new Map<string, Set<string>>();
  let index = 0;
  for (const row of truth as Iterable<MappingTruth | readonly [string | number, CustomerIds]>) {
    if (typeof row !== 'object' || row === null) throw wrongRow(index, 'must be an object');
    const [organizationId, customerId] = Array.isArray(row)
      ? (row as [string | number, CustomerIds])
      : [(row as MappingTruth).organizationId, (row as MappingTruth).customerId];
    if (!isId(organizationId)) throw wrongRow(index, 'organizationId must be a string or a number');
    const key = String(organizationId);
    const ids = accepted.get(key) ?? new Set();
    accepted.set(key, ids);
    if (customerId !== null) {
      for (const id of Array.isArray(customerId) ? customerId : [customerId]) {
        if (!isId(id))
          throw wrongRow(index, 'customerId must be null, a string, a number or a list of these');
        ids.add(String(id));
      }
    }
    index++;
  }
  return accepted;
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function wrongRow(index: number, problem: string): TypeError {
  return new TypeError(`truth[${index}]: ${problem}`);
}
