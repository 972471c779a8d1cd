import { hiddenCount, staleCount, vanishedCount } from '../console/refresh-texts.ts';
import type { MappingCheck, RefreshReport } from '../workflow/index.ts';
import { plural } from './output/text.ts';

/** What a check accepts. */
interface Limits {
  readonly maxUnmatched: number;
  readonly maxStale: number;
}

/** Returns why the mapping is not in order, one line each; what mends it stands with the rows, above. */
export function checkProblems(
  { unmatched, stale, hidden }: MappingCheck,
  { maxUnmatched, maxStale }: Limits,
  {
    customersHidden,
    organizationsVanished,
  }: Pick<RefreshReport, 'customersHidden' | 'organizationsVanished'>,
): string[] {
  return [
    unmatched > maxUnmatched
      ? `${plural(unmatched, 'organization is', 'organizations are')} not mapped; --max-unmatched allows ${maxUnmatched}`
      : '',
    stale > maxStale ? `${staleCount(stale)}; --max-stale allows ${maxStale}` : '',
    hidden > 0 ? hiddenCount(hidden) : '',
    customersHidden === null ? '' : vanishedCount(customersHidden, 'customers'),
    organizationsVanished === null ? '' : vanishedCount(organizationsVanished, 'organizations'),
  ].filter((problem) => problem !== '');
}
