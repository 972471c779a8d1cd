import { copyDocument } from './mapping-document.ts';
import type { MappingDocument, MappingEntry } from './types.ts';

/** A part of an entry that can differ. */
export type MappingDiffPart = 'organizationName' | 'mapped' | 'rejected' | 'ignored';

/** What became of one organization's entry between two documents. */
export interface MappingDiffRow {
  kind: 'add' | 'change' | 'remove' | 'keep';
  organizationId: string | number;
  organizationName: string;
  /** Null for `add`. */
  before: MappingEntry | null;
  /** Null for `remove`. */
  after: MappingEntry | null;
  /** The parts that differ; empty for `keep`. */
  parts: MappingDiffPart[];
}

/**
 * Returns what differs between two documents, one row per organization: those of `after` in its order, then the
 * removed ones. Rows share nothing with the documents.
 *
 * @param before the older document; null if there was none
 * @param after the newer document
 * @example
 * ```ts
 * import { diffDocuments, emptyDocument } from 'halo-psa/workflow';
 *
 * const rows = diffDocuments(null, emptyDocument('x.halopsa.com'));
 * console.log(rows.filter((row) => row.kind !== 'keep').length); // 0
 * ```
 */
export function diffDocuments(before: MappingDocument | null, after: MappingDocument): MappingDiffRow[] {
  const older = before === null ? [] : copyDocument(before).entries;
  const newer = copyDocument(after).entries;
  const olderById = new Map(older.map((entry) => [String(entry.organizationId), entry]));
  const newerIds = new Set(newer.map((entry) => String(entry.organizationId)));
  return [
    ...newer.map((entry) => diffRow(olderById.get(String(entry.organizationId)) ?? null, entry)),
    ...older
      .filter((entry) => !newerIds.has(String(entry.organizationId)))
      .map((entry) => diffRow(entry, null)),
  ];
}

const PARTS = ['organizationName', 'mapped', 'rejected', 'ignored'] as const;

function diffRow(before: MappingEntry | null, after: MappingEntry | null): MappingDiffRow {
  // Copies have their keys in one order, so equal text means equal value. Ids are equal as text.
  const parts = PARTS.filter((part) => textOf(before?.[part]) !== textOf(after?.[part]));
  const { organizationId = '', organizationName = '' } = after ?? before ?? {};
  const kind = before === null ? 'add' : after === null ? 'remove' : parts.length > 0 ? 'change' : 'keep';
  return { kind, organizationId, organizationName, before, after, parts };
}

function textOf(part: MappingEntry[MappingDiffPart]): string | undefined {
  return JSON.stringify(part, (key, value: unknown) => (key === 'customerId' ? String(value) : value));
}
