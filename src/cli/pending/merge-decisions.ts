import {
  applyChanges,
  diffDocuments,
  emptyDocument,
  findEntry,
  type MappingChange,
  type MappingDiffRow,
  type MappingDocument,
  type MappingEntry,
} from '../../workflow/index.ts';
import { changesOf, type Decisions } from './decisions.ts';

/** An organization that someone else decided otherwise since, or a customer that two organizations would have. */
export interface Clash {
  readonly organizationId: string | number;
  readonly organizationName: string;
  /** As it is saved now; null for nothing. */
  readonly theirs: MappingEntry | null;
  /** As it would be saved; null for nothing. */
  readonly yours: MappingEntry | null;
  /** Other organizations that have the same customer. */
  readonly alsoMappedTo: readonly string[];
}

/** What a save would write, and what speaks against it. */
export interface Merge {
  readonly next: MappingDocument;
  /** Rows that would change. */
  readonly rows: readonly MappingDiffRow[];
  readonly clashes: readonly Clash[];
}

/** Pending decisions, and new names that a refresh learnt. */
export interface MergeInput {
  readonly current: MappingDocument | null;
  readonly decisions: Decisions;
  readonly renames: readonly MappingChange[];
  /** Whether a customer may be mapped to several organizations. */
  readonly isManyToOne: boolean;
}

/** Puts decisions onto the document as it is saved now, which may be newer than the one they were made on. */
export function mergeDecisions({ current, decisions, renames, isManyToOne }: MergeInput): Merge {
  const base = current ?? emptyDocument(decisions.instanceId);
  const next = applyChanges(base, [...changesOf(decisions), ...renames]);
  const seen = firstSeen(decisions);
  const agreed = agreedToShare(decisions);
  const sharers = isManyToOne ? new Map<string, MappingEntry[]>() : entriesByCustomer(next);
  const clashes = [...seen].flatMap(([id, entry]): Clash[] => {
    const theirs = findEntry(base, id) ?? null;
    const yours = findEntry(next, id) ?? null;
    const isUndone = outcomeOf(theirs) !== outcomeOf(entry) && outcomeOf(theirs) !== outcomeOf(yours);
    const customerId = yours?.mapped?.customerId;
    const others = customerId === undefined ? [] : (sharers.get(String(customerId)) ?? []);
    const alsoMappedTo = others
      .filter(({ organizationId: other }) => String(other) !== id)
      .filter(({ organizationId: other }) => !agreed.has(id) && !agreed.has(String(other)))
      .map((other) => other.organizationName);
    if (!isUndone && alsoMappedTo.length === 0) return [];
    const { organizationId = id, organizationName = '' } = yours ?? theirs ?? {};
    return [{ organizationId, organizationName, theirs, yours, alsoMappedTo }];
  });
  return { next, rows: diffDocuments(current, next).filter(({ kind }) => kind !== 'keep'), clashes };
}

/** Organizations whose mapping a person wanted although the customer is another's as well. */
function agreedToShare({ steps }: Decisions): Set<string> {
  const agreed = new Set<string>();
  for (const { changes, sharing } of steps) {
    for (const { organizationId } of changes.filter((change) => 'organizationId' in change)) {
      if (sharing === true) agreed.add(String(organizationId));
      else agreed.delete(String(organizationId));
    }
  }
  return agreed;
}

/** Takes the decisions about some organizations out. */
export function withoutOrganizations(decisions: Decisions, ids: ReadonlySet<string>): Decisions {
  const steps = decisions.steps.map(({ changes, seen, ...rest }) => ({
    ...rest,
    changes: changes.filter(
      (change) => !('organizationId' in change && ids.has(String(change.organizationId))),
    ),
    seen: seen.filter(({ organizationId }) => !ids.has(String(organizationId))),
  }));
  return { ...decisions, steps: steps.filter(({ changes }) => changes.length > 0) };
}

/** What was saved about each decided organization when it was first decided about. */
function firstSeen({ steps }: Decisions): Map<string, MappingEntry | null> {
  const first = new Map<string, MappingEntry | null>();
  for (const { changes, seen } of steps) {
    for (const change of changes) {
      if (!('organizationId' in change)) continue;
      const id = String(change.organizationId);
      if (!first.has(id))
        first.set(id, seen.find(({ organizationId }) => String(organizationId) === id) ?? null);
    }
  }
  return first;
}

/** Entries by the customer they are mapped to. */
export function entriesByCustomer({ entries }: MappingDocument): Map<string, MappingEntry[]> {
  const byCustomer = new Map<string, MappingEntry[]>();
  for (const entry of entries) {
    if (entry.mapped === undefined) continue;
    const id = String(entry.mapped.customerId);
    byCustomer.set(id, [...(byCustomer.get(id) ?? []), entry]);
  }
  return byCustomer;
}

/** What was decided, leaving out names and rejections, which stand beside each other. */
function outcomeOf(entry: MappingEntry | null): string {
  if (entry?.mapped !== undefined) return `mapped ${entry.mapped.customerId}`;
  return entry?.ignored === undefined ? 'open' : 'ignored';
}
