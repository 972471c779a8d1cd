import type { RowStatus } from '../../api-types.ts';

/** How a status is called, and in which order statuses want attention. */
export const STATUSES: Readonly<Record<RowStatus, { readonly label: string; readonly meaning: string }>> = {
  stale: { label: 'Stale', meaning: 'Mapped, but the mapping no longer holds' },
  conflict: { label: 'Conflict', meaning: 'Several want the same, or several are equally likely' },
  review: { label: 'Review', meaning: 'Probable; look before you accept' },
  unmatched: { label: 'Unmatched', meaning: 'Nothing good enough: pick a customer, or ignore' },
  open: { label: 'Open', meaning: 'No suggestion yet' },
  matched: { label: 'Matched', meaning: 'Safe to accept without a look' },
  mapped: { label: 'Mapped', meaning: 'Decided' },
  ignored: { label: 'Ignored', meaning: 'Meant to have no customer' },
};

export const STATUS_ORDER = Object.keys(STATUSES) as readonly RowStatus[];

const DECIDED: ReadonlySet<RowStatus> = new Set(['mapped', 'ignored']);

/** Whether a row still wants a decision. */
export function isLeft(status: RowStatus): boolean {
  return !DECIDED.has(status);
}
