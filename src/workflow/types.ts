/** How a mapping came about: a person chose it, a suggestion was accepted, or it was imported from elsewhere. */
export type MappingSource = 'manual' | 'suggestion' | 'import';

/** The Halo customer that an organization is mapped to. */
export interface MappedCustomer {
  /** Id of the Halo customer; compared as `String(id)`. */
  customerId: string | number;
  /** Name of the customer when it was mapped or last refreshed, for people. */
  customerName: string;
  source: MappingSource;
  /** Confidence of the accepted suggestion, 0..1. */
  confidence?: number | undefined;
  /** Kinds of evidence that the accepted suggestion rested on. */
  evidenceKinds?: string[] | undefined;
  /** When it was decided: ISO 8601 with `Z` or an offset. */
  at: string;
  /** Who decided, in the caller's own words: a user name, an e-mail address, a job. */
  by?: string | undefined;
}

/** A customer that an organization is not; it is never suggested for it again. */
export interface RejectedCustomer {
  customerId: string | number;
  customerName: string;
  at: string;
  by?: string | undefined;
}

/** An organization that is meant to have no customer. */
export interface IgnoredOrganization {
  at: string;
  by?: string | undefined;
}

/** Everything decided about one organization. */
export interface MappingEntry {
  /** Id of the organization on the caller's side; compared as `String(id)`. */
  organizationId: string | number;
  /** Name of the organization at the last decision or refresh, for people. */
  organizationName: string;
  mapped?: MappedCustomer | undefined;
  /** Kept for good, also after another customer was mapped. */
  rejected?: RejectedCustomer[] | undefined;
  ignored?: IgnoredOrganization | undefined;
}

/** All decisions for one Halo instance. JSON; one entry per organization. */
export interface MappingDocument {
  format: 'halo-psa-mapping';
  version: 1;
  /** The Halo instance it belongs to, by default its resource host. */
  instanceId: string;
  /** Goes up by one with every save; 0 for a document that was never saved. */
  revision: number;
  entries: MappingEntry[];
}

/**
 * Where a mapping document is kept. Implement it over any database; `testMappingStore` from `halo-psa/testing` tells
 * whether the implementation keeps the promises below.
 */
export interface MappingStore {
  /**
   * Returns the newest saved document, or null when none was ever saved. The result is the caller's own copy.
   *
   * @throws {HaloMappingStoreError} when what is stored cannot be read or is no usable document
   */
  load(): Promise<MappingDocument | null>;
  /**
   * Replaces the stored document as a whole, only if it still has the revision that the caller read.
   *
   * @param next the document to store; its revision is `(expectedRevision ?? 0) + 1`
   * @param expectedRevision revision of the document that `next` was made from; null if there was none
   * @throws {HaloMappingStoreError} code `HALO_MAPPING_STORE_CONFLICT` when another save came first: nothing is
   *   written, and the error carries both revisions
   * @throws {TypeError} when `next` is no mapping document or carries another revision
   */
  save(next: MappingDocument, expectedRevision: number | null): Promise<void>;
}
