import { checkRecord } from './check-input.ts';
import { createMapper } from './mapper.ts';
import type { MappingRecord, PairExplanation } from './types.ts';

/**
 * Explains how alike two records are by themselves, by the prior alone. The order of the two changes nothing.
 *
 * @param a one record
 * @param b the other
 * @throws {TypeError} when a record has the wrong type
 * @example
 * ```ts
 * import { explainPair } from 'halo-psa/mapping';
 *
 * const { confidence, evidence } = explainPair({ id: 1, name: 'Contoso Ltd' }, { id: 2, name: 'Contoso Limited' });
 * console.log(confidence);
 * for (const { label, weight, detail } of evidence) console.log(weight, label, detail);
 * ```
 */
export function explainPair(a: MappingRecord, b: MappingRecord): PairExplanation {
  checkRecord(a, 'a');
  checkRecord(b, 'b');
  const [left, right] = pairKey(a) <= pairKey(b) ? [a, b] : [b, a];
  const explained = createMapper([{ ...right, id: 'right' }]).explain(
    { ...left, id: 'left' },
    { ...right, id: 'right' },
  );
  const { confidence, score, evidence } = explained!;
  return { confidence, score, evidence };
}

/** Everything that is compared, as one text: equal keys mean that the order cannot matter. */
function pairKey({
  name,
  aliases,
  domains,
  phones,
  postalCodes,
  identifiers,
  inactive,
}: MappingRecord): string {
  return JSON.stringify([
    name,
    aliases,
    domains,
    phones,
    postalCodes,
    Object.entries(identifiers ?? {}).sort(),
    inactive,
  ]);
}
