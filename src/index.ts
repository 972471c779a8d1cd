// Secrets and tokens.
export { createSecret, type Secret } from './auth/secret.ts';
export type { AccessToken, GetTokenOptions, TokenProvider } from './auth/token-provider.ts';
// Settings.
export {
  type ConfigFromEnvOptions,
  configFromEnv,
  type InstancesFromEnvOptions,
  instancesFromEnv,
} from './config/env.ts';
export type {
  FetchFunction,
  HaloCloudConfig,
  HaloConfig,
  HaloCredentials,
  HaloLogger,
  HaloOnPremiseConfig,
  HaloTokenProviderConfig,
  HaloTransportSettings,
} from './config/schema.ts';
// Signing in, also without a client.
export { createTokenProvider } from './create-token-provider.ts';
// Mapping organizations onto customers.
export { type CustomerSources, customerFromClient } from './customer-from-client.ts';
export {
  type DiscoverEndpointsOptions,
  type DiscoveredEndpoints,
  discoverEndpoints,
} from './discover-endpoints.ts';
// Errors.
export {
  type AnyHaloError,
  HaloAuthError,
  type HaloAuthErrorCode,
  HaloConfigError,
  type HaloConfigIssue,
  HaloError,
  type HaloErrorCode,
  type HaloErrorContext,
  HaloListingError,
  type HaloListingErrorCode,
  HaloMappingStoreError,
  type HaloMappingStoreErrorCode,
  HaloNetworkError,
  type HaloNetworkErrorCode,
  HaloNotFoundError,
  HaloPermissionError,
  type HaloPermissionErrorCode,
  HaloRateLimitError,
  type HaloRateLimitErrorCode,
  HaloRedirectError,
  HaloResponseError,
  type HaloResponseErrorCode,
  type HaloSchemaIssue,
  HaloServerError,
  HaloTimeoutError,
  type HaloTimeoutErrorCode,
  HaloValidationError,
  type HaloValidationIssue,
  HaloWriteUncertainError,
  isHaloError,
  type ListingReport,
} from './errors.ts';
// The client: settings in, typed calls out.
export { createHaloClient, type HaloClient, type HaloClientConfig } from './halo-client.ts';
// Requests and the rate limit.
export {
  createRateBudget,
  type RateBudget,
  type RateBudgetOptions,
  type RateBudgetSnapshot,
} from './http/rate-budget.ts';
export type { CallOptions, QueryValue, RequestEffect } from './http/request.ts';
export { createHaloInstances, type HaloInstances, type VerifyAllOptions } from './instances.ts';
export {
  type Accuracy,
  type AsyncMappingOptions,
  type Calibration,
  type CalibrationBin,
  type Candidate,
  type CustomerIds,
  createMapper,
  DEFAULT_THRESHOLDS,
  type DecidedPair,
  ENGINE_VERSION,
  type EvaluationOptions,
  type Evidence,
  type EvidenceLift,
  evaluateMappings,
  explainPair,
  type Mapper,
  type MappingEvaluation,
  type MappingMistake,
  type MappingOptions,
  type MappingProblem,
  type MappingRecord,
  type MappingReport,
  type MappingStatus,
  type MappingSuggestion,
  type MappingTruth,
  type PairExplanation,
  type StatusAccuracy,
  suggestMappings,
  suggestMappingsAsync,
  type ThresholdAdvice,
} from './mapping/index.ts';
// Rows: customers, sites, agents, teams.
export {
  type Agent,
  type AgentCreate,
  type AgentQuery,
  type Agents,
  type AgentUpdate,
  agentSchema,
} from './resources/agents.ts';
export { type AzureTenant, azureTenantSchema } from './resources/azure-tenants.ts';
export {
  type Client,
  type ClientCreate,
  type ClientQuery,
  type Clients,
  type ClientUpdate,
  clientSchema,
} from './resources/clients.ts';
export { type CustomField, customFieldSchema } from './resources/custom-fields.ts';
export { haloDate } from './resources/halo-date.ts';
export { haloId } from './resources/halo-id.ts';
export type { Listing, ListOptions } from './resources/listing.ts';
export type { CommonQuery } from './resources/parameters.ts';
export type { HaloRequestSpec } from './resources/raw-request.ts';
export type { DeletableResource, GetOptions, Resource } from './resources/resource.ts';
export type { RowInput } from './resources/row-schema.ts';
export {
  type Site,
  type SiteCreate,
  type SiteQuery,
  type Sites,
  type SiteUpdate,
  siteSchema,
} from './resources/sites.ts';
export type {
  StandardSchema,
  StandardSchemaIssue,
  StandardSchemaResult,
} from './resources/standard-schema.ts';
export {
  type Team,
  type TeamCreate,
  type TeamQuery,
  type Teams,
  type TeamUpdate,
  teamSchema,
} from './resources/teams.ts';
// The connection doctor.
export { formatVerification } from './verify/format-verification.ts';
export type {
  VerificationReport,
  VerificationStage,
  VerificationStageId,
  VerificationStatus,
} from './verify/report.ts';
export { type VerifyOptions, verifyConnection } from './verify-connection.ts';
