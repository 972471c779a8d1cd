export { HaloMappingStoreError, type HaloMappingStoreErrorCode } from '../errors.ts';
export {
  applyChanges,
  type ChangedOrganization,
  emptyDocument,
  findEntry,
  isRejected,
  type MappingChange,
} from './document-changes.ts';
export { diffDocuments, type MappingDiffPart, type MappingDiffRow } from './document-diff.ts';
export {
  checkMappingSave,
  formatMappingDocument,
  mappingDocumentSchema,
  type ParseMappingOptions,
  parseMappingDocument,
} from './mapping-document.ts';
export { mappingConflict } from './mapping-store-errors.ts';
export { createMemoryStore } from './memory-store.ts';
export type {
  IgnoredOrganization,
  MappedCustomer,
  MappingDocument,
  MappingEntry,
  MappingSource,
  MappingStore,
  RejectedCustomer,
} from './types.ts';
