import { agentScreen } from '../halo-screens.ts';
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

/** What mends it. */
export const HIDDEN_ADVICE = `In Halo: ${agentScreen()}: switch on "Allow use of all Customers".`;

/** A list of which many rows can vanish at once. */
export type Side = 'customers' | 'organizations';

/** Returns how many rows of a side vanished. */
export function vanishedCount({ missing, known }: VanishedRows, side: Side): string {
  return `${missing.length} of ${known} ${side} vanished at once`;
}

/** Where to look first when so many vanish; what to do when they are really gone, page and terminal have each of its own. */
export const VANISHED_ADVICE: Readonly<Record<Side, string>> = {
  customers: `The agent may see some customers only since. ${HIDDEN_ADVICE}`,
  organizations: 'Look at your list: it may have been cut short.',
};
