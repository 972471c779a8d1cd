import type { MappingChangeRow, MappingClash, MappingEntry } from '../workflow/index.ts';
import type { ChangeView, ClashView } from './api-types.ts';

/** Returns what a save would do, one line per organization that it touches. */
export function changeViews(changes: readonly MappingChangeRow[]): ChangeView[] {
  return changes.flatMap(({ kind, organizationId, organizationName: name, before, after }) => {
    if (kind === 'keep') return [];
    const organization = { id: String(organizationId), name };
    const isReject = !isDecided(before) && !isDecided(after) && rejectedIn(after) > rejectedIn(before);
    return [
      {
        organization,
        kind: isReject ? 'reject' : kind,
        before: before && entryText(before),
        after: entryText(after),
      },
    ];
  });
}

/** Returns where decisions made here and elsewhere differ. */
export function clashViews(clashes: readonly MappingClash[]): ClashView[] {
  return clashes.map(({ organizationId, organizationName: name, theirs, yours, alsoMappedTo }) => ({
    organization: { id: String(organizationId), name },
    theirs: entryText(theirs),
    yours: entryText(yours),
    alsoMappedTo: alsoMappedTo.map(({ organizationName }) => organizationName),
  }));
}

function isDecided(entry: MappingEntry | null): boolean {
  return entry?.mapped !== undefined || entry?.ignored !== undefined;
}

function rejectedIn(entry: MappingEntry | null): number {
  return entry?.rejected?.length ?? 0;
}

/** Says in a few words what an entry decides. */
function entryText(entry: MappingEntry | null): string {
  const told = (entry?.rejected ?? [])
    .map(({ customerName, customerId }) => `not ${customerName} (${customerId})`)
    .join(', ');
  if (!isDecided(entry)) return told || 'not mapped';
  const mapped = entry?.mapped;
  const outcome = mapped === undefined ? 'ignored' : `${mapped.customerName} (${mapped.customerId})`;
  return told === '' ? outcome : `${outcome}; ${told}`;
}
