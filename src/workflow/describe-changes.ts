import type { MappingDiffRow } from './document-diff.ts';
import type { MappingEntry } from './types.ts';

/** One row of a diff, with what happened in words. */
export interface MappingChangeRow extends MappingDiffRow {
  /** `Acme Ltd: mapped to Contoso Ltd (42), before to Contoso (12)` */
  text: string;
}

/** Entries by the customer they are mapped to, its id as text. @internal */
export type EntriesByCustomer = ReadonlyMap<string, readonly MappingEntry[]>;

/** @internal */
export function entriesByCustomer(entries: readonly MappingEntry[]): EntriesByCustomer {
  const byCustomer = new Map<string, MappingEntry[]>();
  for (const entry of entries) {
    if (entry.mapped === undefined) continue;
    const id = String(entry.mapped.customerId);
    const known = byCustomer.get(id);
    if (known === undefined) byCustomer.set(id, [entry]);
    else known.push(entry);
  }
  return byCustomer;
}

/**
 * Adds to a row of a diff what happened in words.
 *
 * @param mapped to tell which customers are mapped twice; empty where many organizations may share one
 * @internal
 */
export function describeChange(row: MappingDiffRow, mapped: EntriesByCustomer): MappingChangeRow {
  const { before, after, parts, organizationName } = row;
  const told = [
    parts.includes('mapped') ? `${mappedText(before, after)}${sharedText(after, mapped)}` : '',
    parts.includes('rejected') ? rejectedText(before, after) : '',
    parts.includes('ignored') ? (after?.ignored === undefined ? 'no longer ignored' : 'ignored') : '',
    parts.includes('organizationName') && before !== null && after !== null
      ? `renamed, before ${before.organizationName}`
      : '',
  ].filter((text) => text !== '');
  return { ...row, text: `${organizationName}: ${told.length === 0 ? 'unchanged' : told.join('; ')}` };
}

function mappedText(before: MappingEntry | null, after: MappingEntry | null): string {
  const [from, to] = [before?.mapped, after?.mapped];
  if (to === undefined) return `no longer mapped to ${called(from)}`;
  if (from === undefined) return `mapped to ${called(to)}`;
  const same = String(from.customerId) === String(to.customerId);
  if (!same) return `mapped to ${called(to)}, before to ${called(from)}`;
  return from.customerName === to.customerName
    ? `mapping to ${called(to)} confirmed anew`
    : `its customer ${called(from)} is now called ${to.customerName}`;
}

function sharedText(after: MappingEntry | null, mapped: EntriesByCustomer): string {
  const names = (mapped.get(String(after?.mapped?.customerId)) ?? [])
    .filter((other) => String(other.organizationId) !== String(after?.organizationId))
    .map((other) => other.organizationName);
  return names.length === 0 ? '' : `, as is ${names.join(', ')}`;
}

function rejectedText(before: MappingEntry | null, after: MappingEntry | null): string {
  const known = new Set((before?.rejected ?? []).map(({ customerId }) => String(customerId)));
  const added = (after?.rejected ?? []).filter(({ customerId }) => !known.has(String(customerId)));
  return added.length === 0 ? '' : `${added.map(called).join(', ')} rejected`;
}

function called(customer: { customerId: string | number; customerName: string } | undefined): string {
  return customer === undefined ? 'nobody' : `${customer.customerName} (${customer.customerId})`;
}
