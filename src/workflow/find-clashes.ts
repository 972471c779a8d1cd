import { entriesByCustomer } from './describe-changes.ts';
import type { ChangedOrganization } from './document-changes.ts';
import { diffDocuments } from './document-diff.ts';
import type { MappingDocument, MappingEntry } from './types.ts';

/**
 * An organization that was decided here and, meanwhile, otherwise elsewhere; or one that was mapped here to a customer
 * that another organization has, and may not share.
 */
export interface MappingClash {
  organizationId: string | number;
  organizationName: string;
  /** As someone else saved it; null for no entry. */
  theirs: MappingEntry | null;
  /** As the decisions waiting here would leave it; null for no entry. */
  yours: MappingEntry | null;
  /** Organizations that would have the same customer; empty where they may share it. */
  alsoMappedTo: ChangedOrganization[];
}

/** What `findClashes` compares. Null stands for a document that was not there. */
export interface ClashInput {
  /** The document that the decisions were made on. */
  before: MappingDocument | null;
  /** The document as someone else has saved it since. */
  theirs: MappingDocument | null;
  /** Theirs with the decisions on top, as it would be saved. */
  yours: MappingDocument;
  /**
   * Whether an organization may have the customer that another one has as well.
   *
   * @default unless someone else has given it to the other one since
   */
  mayShare?: ((organization: MappingEntry, other: MappingEntry) => boolean) | undefined;
}

/**
 * Returns the organizations where decisions contradict what someone else has saved since they were made. Names and
 * rejections stand beside each other, and are no contradiction.
 *
 * @param input three documents, and who may share a customer
 * @example
 * ```ts
 * import { applyChanges, emptyDocument, findClashes } from 'halo-psa/workflow';
 *
 * const before = emptyDocument('x.halopsa.com');
 * const organization = { organizationId: 7, organizationName: 'Acme Ltd' };
 * const mapped = { customerId: 42, customerName: 'Acme', source: 'manual', at: '2026-11-26T09:00:00Z' } as const;
 * const theirs = applyChanges(before, [{ kind: 'map', ...organization, mapped }]);
 * const ignored = { at: '2026-11-26T09:05:00Z' };
 * const yours = applyChanges(theirs, [{ kind: 'ignore', ...organization, ignored }]);
 * console.log(findClashes({ before, theirs, yours }).length); // 1
 * ```
 */
export function findClashes({ before, theirs, yours, mayShare }: ClashInput): MappingClash[] {
  const outcomesBefore = outcomesOf(before);
  const outcomesTheirs = outcomesOf(theirs);
  const isNoNews = (_: MappingEntry, other: MappingEntry) => {
    const id = String(other.organizationId);
    const outcome = outcomeOf(other);
    return outcomesTheirs.get(id) !== outcome || outcomesBefore.get(id) === outcome;
  };
  const mapped = entriesByCustomer(yours.entries);
  const othersOf = (entry: MappingEntry) =>
    (mapped.get(String(entry.mapped?.customerId)) ?? [])
      .filter((other) => String(other.organizationId) !== String(entry.organizationId))
      .filter((other) => !(mayShare ?? isNoNews)(entry, other));
  return diffDocuments(theirs, yours).flatMap(
    ({ organizationId, organizationName, before: their, after: your }) => {
      const outcome = outcomeOf(their);
      if (outcome === outcomeOf(your)) return [];
      const isUndone = outcome !== (outcomesBefore.get(String(organizationId)) ?? outcomeOf(null));
      const others = your === null ? [] : othersOf(your);
      if (!isUndone && others.length === 0) return [];
      const alsoMappedTo = others.map(({ organizationId: id, organizationName: name }) => ({
        organizationId: id,
        organizationName: name,
      }));
      return [{ organizationId, organizationName, theirs: their, yours: your, alsoMappedTo }];
    },
  );
}

function outcomesOf(document: MappingDocument | null): Map<string, string> {
  return new Map((document?.entries ?? []).map((entry) => [String(entry.organizationId), outcomeOf(entry)]));
}

/** What was decided about an organization, leaving out names and rejections, which stand beside each other. */
function outcomeOf(entry: MappingEntry | null): string {
  if (entry?.mapped !== undefined) return `mapped ${entry.mapped.customerId}`;
  return entry?.ignored === undefined ? 'open' : 'ignored';
}
