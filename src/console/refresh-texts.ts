import type { StaleReason, VanishedRows } from '../workflow/index.ts';

/**
 * Why a saved mapping no longer holds. These words and those below are the same on the page and on a terminal; none ends
 * with a full stop, since each side sets them in its own way.
 */
const STALE_REASONS: Readonly<Record<StaleReason, string>> = {
  'customer-deleted': 'the customer was deleted in Halo',
  'customer-inactive': 'the customer is inactive in Halo',
  'organization-removed': 'the organization is no longer in your list',
};

/** Returns why a saved mapping no longer holds. */
export function staleReason(reason: StaleReason): string {
  return STALE_REASONS[reason];
}

/** Returns how many saved mappings no longer hold. */
export function staleCount(count: number): string {
  return count === 1 ? '1 saved mapping no longer holds' : `${count} saved mappings no longer hold`;
}

/** Returns how many customers of saved mappings the agent may not read. */
export function hiddenCount(count: number): string {
  return `${count} mapped customer${count === 1 ? '' : 's'} may not be read by this agent`;
}

/** Returns how many rows of a side vanished. */
export function vanishedCount({ missing, known }: VanishedRows, side: 'customers' | 'organizations'): string {
  return `${missing.length} of ${known} ${side} vanished at once`;
}

const FOR_PROGRAMMERS = / If they are really gone, refresh with \{ acceptVanished: true \}\.$/;

/**
 * Returns a hint of the workflow for people, who have an option or a button where programmers have `acceptVanished`.
 *
 * @param instead the sentence that names it; blank where it stands beside
 */
export function forPeople(hint: string, instead: string): string {
  return hint.replace(FOR_PROGRAMMERS, instead === '' ? '' : ` ${instead}`);
}
