import type { HaloDescription } from '../../scripts/contract/distil.ts';
import type { Expected, SentRequest } from './sdk-facts.ts';

/** Types of the description that each type of the package's schemas can read. */
const READABLE: Readonly<Record<string, readonly string[]>> = {
  string: ['string'],
  boolean: ['boolean'],
  // Some ids are columns of type FLOAT, whose values are whole.
  integer: ['integer', 'number'],
  number: ['integer', 'number'],
};

/** Returns what of a request the description does not know, under names that `DEVIATIONS` may list. */
export function unknownInRequest(
  { verb, path, parameters, isArrayOfOne }: SentRequest,
  { operations }: HaloDescription,
): string[] {
  // Halo does not tell capitals in a path from small letters.
  const known = Object.keys(operations).find((each) => each.toLowerCase() === path.toLowerCase());
  const operation = operations[known ?? path]?.[verb];
  if (operation === undefined) return [`${verb} ${path}`];
  const wrong = parameters.filter((name) => operation.query?.[name] === undefined);
  const unknown = wrong.map((name) => `${verb} ${path} ?${name}`);
  if (verb === 'POST' && !(isArrayOfOne && operation.body?.endsWith('[]')))
    unknown.push(`${verb} ${path} body`);
  return unknown;
}

/**
 * Returns which fields of a schema of the package are in none of the named schemas of the description, or of another
 * type there.
 */
export function unknownInSchema(
  expected: Expected,
  names: readonly string[],
  description: HaloDescription,
): string[] {
  if (expected.kind !== 'object') return [];
  return Object.entries(expected.fields).flatMap(([field, want]) => {
    const types = names.flatMap((name) => description.schemas[name]?.[field] ?? []);
    const label = `${names[0]}.${field}`;
    if (types.length === 0) return [label];
    return mismatches(want, types, label, description);
  });
}

/** A field may be of one schema in a list and of another in a single row: what neither names is unknown. */
function mismatches(
  want: Expected,
  types: readonly string[],
  label: string,
  description: HaloDescription,
): string[] {
  if (want.kind === 'scalar') {
    return types.flatMap((type) => {
      const fits = want.types.some((each) => READABLE[each]?.includes(type));
      return fits ? [] : [`${label}: ${want.types.join('|')}, not ${type}`];
    });
  }
  const other = types.find((type) => type.endsWith('[]') !== (want.kind === 'array'));
  if (other !== undefined) return [`${label}: ${want.kind}, not ${other}`];
  if (want.kind === 'array') {
    const items = types.map((type) => type.slice(0, -2));
    return mismatches(want.item, items, label, description);
  }
  const unknown = types.find((type) => description.schemas[type] === undefined);
  if (unknown !== undefined) return [`${label}: object, not ${unknown}`];
  return unknownInSchema(want, types, description);
}
