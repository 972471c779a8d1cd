export { HaloMappingStoreError, type HaloMappingStoreErrorCode } from '../errors.ts';
export type { MappingCheck, MappingCheckLimits } from './check-mapping.ts';
export type { MappingChangeRow } from './describe-changes.ts';
export {
  applyChanges,
  type ChangedOrganization,
  emptyDocument,
  findEntry,
  isRejected,
  type MappingChange,
} from './document-changes.ts';
export { diffDocuments, type MappingDiffPart, type MappingDiffRow } from './document-diff.ts';
export { type ClashInput, findClashes, type MappingClash } from './find-clashes.ts';
export {
  checkMappingSave,
  formatMappingDocument,
  mappingDocumentSchema,
  type ParseMappingOptions,
  parseMappingDocument,
} from './mapping-document.ts';
export { mappingConflict } from './mapping-store-errors.ts';
export { createMappingWorkflow } from './mapping-workflow.ts';
export type {
  AcceptOptions,
  DecisionOptions,
  MappingWorkflow,
  ReapplyResult,
  RefreshOptions,
  SaveResult,
  SuggestOptions,
} from './mapping-workflow-types.ts';
export { createMemoryStore } from './memory-store.ts';
export type { SiteDomainPlan } from './site-domains.ts';
export type {
  IgnoredOrganization,
  MappedCustomer,
  MappingDocument,
  MappingEntry,
  MappingSource,
  MappingStore,
  RejectedCustomer,
} from './types.ts';
export type {
  HiddenMapping,
  LikelySuccessor,
  MappingSnapshot,
  MappingWorkflowHalo,
  MappingWorkflowOptions,
  NamedRow,
  RefreshReport,
  SideChanges,
  StaleMapping,
  StaleReason,
  VanishedRows,
  WorkflowCall,
  WorkflowCustomer,
  WorkflowListing,
  WorkflowMatching,
  WorkflowSignals,
  WorkflowSummary,
} from './workflow-types.ts';
export type { WriteBackAction, WriteBackOptions, WriteBackRow } from './write-back.ts';
