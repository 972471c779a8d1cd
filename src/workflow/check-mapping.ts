import { ALL_CUSTOMERS_HINT } from './find-stale.ts';
import type { RefreshReport } from './workflow-types.ts';

/** What a check accepts. */
export interface MappingCheckLimits {
  /** Organizations that may be neither mapped nor ignored. @default 0 */
  maxUnmatched?: number | undefined;
  /** Saved mappings that may be stale. @default 0 */
  maxStale?: number | undefined;
}

/** What a check found, for a job that fails when the mapping is not in order. */
export interface MappingCheck {
  ok: boolean;
  unmatched: number;
  stale: number;
  /** Mapped customers that may not be read. */
  hidden: number;
  /** Why it is not in order, in sentences. */
  problems: string[];
}

/** What is counted. @internal */
export type CheckedFacts = Pick<RefreshReport, 'customersHidden' | 'organizationsVanished'> & {
  readonly unmatched: number;
  readonly stale: number;
  readonly hidden: number;
};

/**
 * Judges the counts. A reading that cannot be relied on is never in order, whatever the counts say.
 *
 * @throws {TypeError} when a limit is not a whole number from 0
 * @internal
 */
export function checkMapping(
  { unmatched, stale, hidden, customersHidden, organizationsVanished }: CheckedFacts,
  { maxUnmatched = 0, maxStale = 0 }: MappingCheckLimits,
): MappingCheck {
  for (const [name, value] of Object.entries({ maxUnmatched, maxStale })) {
    if (!(Number.isSafeInteger(value) && value >= 0))
      throw new TypeError(`Expected \`${name}\` to be a whole number from 0`);
  }
  const problems = [
    unmatched > maxUnmatched
      ? `${counted(unmatched, 'organization is', 'organizations are')} not mapped; ${maxUnmatched} are allowed.`
      : '',
    stale > maxStale
      ? `${counted(stale, 'saved mapping is', 'saved mappings are')} stale; ${maxStale} are allowed.`
      : '',
    hidden === 0
      ? ''
      : `${counted(hidden, 'mapped customer', 'mapped customers')} may not be read. ${ALL_CUSTOMERS_HINT}`,
    customersHidden === null
      ? ''
      : `${customersHidden.missing.length} customers are hidden. ${customersHidden.hint}`,
    organizationsVanished === null
      ? ''
      : `${organizationsVanished.missing.length} organizations vanished. ${organizationsVanished.hint}`,
  ].filter((problem) => problem !== '');
  return { ok: problems.length === 0, unmatched, stale, hidden, problems };
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
