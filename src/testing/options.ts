import type { Layout } from './layout.ts';
import { DEFAULT_QUIRKS, type OptionalQuirks } from './quirks.ts';
import type { FakeHaloSeed } from './rows.ts';
import type { FakeHaloCredentials } from './state.ts';

/** What a fake Halo begins with: its rows, its address, and any of its quirks. */
export interface FakeHaloOptions extends FakeHaloSeed, OptionalQuirks {
  /** The API application's values. @default those in `fake.config` */
  credentials?: FakeHaloCredentials | undefined;
  /** Tenant of a Halo in the cloud; another one is answered 500. @default 'acme' */
  tenantId?: string | undefined;
  /** A Halo on a server of one's own: base path, no tenant. @default false */
  onPremise?: boolean | undefined;
  /** Address of the API's host. @default 'https://acme.halopsa.example', on premise 'https://desk.example:8443/halo' */
  resourceServer?: string | undefined;
  /** Address of the authorisation server, where it is another one. @default the resource server's `/auth` */
  authServer?: string | undefined;
  /** The fake's clock, in milliseconds since 1970. @default Date.now */
  now?: (() => number) | undefined;
}

/** Values in the form Halo gives them out: one GUID, and two GUIDs joined. They open nothing. */
const DEFAULT_CREDENTIALS: FakeHaloCredentials = {
  clientId: '5d4f0a1c-7c1e-4f0e-9c55-0d1f6c3b2a10',
  clientSecret: '14c0c9af-1b1c-4d5e-8a9b-2f3e4d5c6b7a-739e4ef2-6a5b-4c3d-9e8f-0a1b2c3d4e5f',
};
const DEFAULT_TENANT = 'acme';
// Names under .example belong to nobody (RFC 2606): a request that misses the fake goes nowhere.
const CLOUD_ADDRESS = 'https://acme.halopsa.example';
const ON_PREMISE_ADDRESS = 'https://desk.example:8443/halo';

const OPTION_NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(DEFAULT_QUIRKS),
  ...['clients', 'agents', 'teams', 'sites', 'users', 'topLevels', 'azureTenants', 'customFields'],
  ...['credentials', 'tenantId', 'onPremise', 'resourceServer', 'authServer', 'now'],
]);

/** Refuses a misspelt option, which would otherwise switch on nothing in silence. @internal */
export function checkOptionNames(options: FakeHaloOptions): void {
  const unknown = Object.keys(options).find((name) => !OPTION_NAMES.has(name));
  if (unknown !== undefined) throw new TypeError(`createFakeHalo has no option '${unknown}'.`);
}

/** Returns the credentials that the options ask for. @internal */
export function credentialsOf({ credentials }: FakeHaloOptions): FakeHaloCredentials {
  const { clientId, clientSecret } = credentials ?? DEFAULT_CREDENTIALS;
  return { clientId, clientSecret };
}

/** Returns the layout that the options ask for. @internal */
export function layoutOf(options: FakeHaloOptions): Layout {
  const { onPremise = false, tenantId = DEFAULT_TENANT, resourceServer, authServer } = options;
  const resource = addressUrl(resourceServer ?? (onPremise ? ON_PREMISE_ADDRESS : CLOUD_ADDRESS));
  return {
    resourceServer: resource,
    authServer: addressUrl(authServer ?? `${resource.href.replace(/\/$/, '')}/auth`),
    tenantId: onPremise ? undefined : tenantId,
  };
}

function addressUrl(address: string): URL {
  return new URL(address.includes('://') ? address : `https://${address}`);
}
