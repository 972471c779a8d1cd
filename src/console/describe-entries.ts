import type { MappingChangeRow, MappingClash, MappingEntry } from '../workflow/index.ts';
import type { ChangeView, ClashView } from './api-types.ts';

/** Returns what a save would do, one line per organization that it touches. */
export function changeViews(changes: readonly MappingChangeRow[]): ChangeView[] {
  return changes.flatMap(({ kind, organizationId, organizationName: name, before, after }) =>
    kind === 'keep'
      ? []
      : [
          {
            organization: { id: String(organizationId), name },
            kind,
            before: entryText(before),
            after: entryText(after),
          },
        ],
  );
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

/** Says in a few words what an entry decides. */
function entryText(entry: MappingEntry | null): string {
  const rejected = (entry?.rejected ?? []).map(({ customerName }) => customerName);
  const not = rejected.length === 0 ? [] : [`not ${rejected.join(', not ')}`];
  return [outcomeText(entry), ...not].join('; ');
}

function outcomeText(entry: MappingEntry | null): string {
  if (entry?.mapped !== undefined) return `${entry.mapped.customerName} (${entry.mapped.customerId})`;
  return entry?.ignored === undefined ? 'not mapped' : 'ignored';
}
