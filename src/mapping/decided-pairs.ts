import { PLAIN_ROWS_PER_STEP } from './slices.ts';
import type { DecidedPair } from './types.ts';

/** Customer by organization, and the names a customer was confirmed under. */
interface ConfirmedPairs {
  readonly confirmed: Map<string, string>;
  readonly learned: Map<string, string[]>;
}

/** Reads the pairs that a person confirmed; yields now and then. @internal */
export function* readConfirmed(pairs: readonly DecidedPair[]): Generator<void, ConfirmedPairs> {
  const confirmed = new Map<string, string>();
  const learned = new Map<string, string[]>();
  for (let at = 0; at < pairs.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    const { organizationId, customerId, organizationName } = pairs[at]!;
    confirmed.set(String(organizationId), String(customerId));
    if (organizationName === undefined) continue;
    const known = learned.get(String(customerId));
    if (known) known.push(organizationName);
    else learned.set(String(customerId), [organizationName]);
  }
  return { confirmed, learned };
}

/** Reads the pairs that a person rejected, as keys; yields now and then. @internal */
export function* readRejected(pairs: readonly DecidedPair[]): Generator<void, Set<string>> {
  const rejected = new Set<string>();
  for (let at = 0; at < pairs.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    const { organizationId, customerId } = pairs[at]!;
    rejected.add(pairKey(String(organizationId), String(customerId)));
  }
  return rejected;
}

/** Returns a text that only these two ids give. @internal */
export function pairKey(organizationId: string, customerId: string): string {
  return `${organizationId.length}:${organizationId}${customerId}`;
}
