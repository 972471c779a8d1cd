export type { FakeHaloCloudConfig, FakeHaloConfig, FakeHaloOnPremiseConfig } from './config.ts';
export { createFakeHalo, type FakeHalo } from './fake-halo.ts';
export type { FakeHaloFault } from './faults.ts';
export {
  type MappingStoreCase,
  type MappingStoreTestOptions,
  type MappingStoreTestRunner,
  mappingStoreCases,
  testMappingStore,
} from './mapping-store-contract.ts';
export type { FakeHaloOptions } from './options.ts';
export type { FakeHaloQuirks, FakeRateLimit, FakeResourceName } from './quirks.ts';
export type { FakeHaloRequest } from './requests.ts';
export type {
  FakeAgent,
  FakeAgentSeed,
  FakeAzureTenant,
  FakeAzureTenantSeed,
  FakeClient,
  FakeClientSeed,
  FakeCustomField,
  FakeCustomFieldSeed,
  FakeCustomFieldValue,
  FakeHaloSeed,
  FakeRow,
  FakeSite,
  FakeSiteSeed,
  FakeTeam,
  FakeTeamMembership,
  FakeTeamSeed,
  FakeTopLevel,
  FakeTopLevelSeed,
  FakeUser,
  FakeUserSeed,
} from './rows.ts';
export type { FakeHaloServer } from './server.ts';
export type { FakeHaloCredentials } from './state.ts';
export type { FakeTable } from './table.ts';
export type { FakeHaloTables } from './tables.ts';
