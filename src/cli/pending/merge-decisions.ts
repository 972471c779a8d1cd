import {
  applyChanges,
  diffDocuments,
  emptyDocument,
  findClashes,
  type MappingChange,
  type MappingClash,
  type MappingDiffRow,
  type MappingDocument,
  type MappingEntry,
} from '../../workflow/index.ts';
import { changesOf, type Decisions } from './decisions.ts';

/** What a save would write, and what speaks against it. */
export interface Merge {
  readonly next: MappingDocument;
  /** Rows that would change. */
  readonly rows: readonly MappingDiffRow[];
  readonly clashes: readonly MappingClash[];
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
  const agreed = agreedToShare(decisions);
  const hasAgreed = ({ organizationId }: MappingEntry) => agreed.has(String(organizationId));
  const clashes = findClashes({
    before: firstSeen(decisions),
    theirs: base,
    yours: next,
    mayShare: (organization, other) => isManyToOne || hasAgreed(organization) || hasAgreed(other),
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
function firstSeen({ instanceId, steps }: Decisions): MappingDocument {
  const first = new Map<string, MappingEntry | undefined>();
  for (const { changes, seen } of steps) {
    for (const change of changes) {
      if (!('organizationId' in change)) continue;
      const id = String(change.organizationId);
      const entry = seen.find(({ organizationId }) => String(organizationId) === id);
      if (!first.has(id)) first.set(id, entry);
    }
  }
  const entries = [...first.values()].filter((entry) => entry !== undefined);
  return { ...emptyDocument(instanceId), entries };
}
