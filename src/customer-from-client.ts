import type { MappingRecord } from './mapping/types.ts';
import type { AzureTenant } from './resources/azure-tenants.ts';
import type { Client } from './resources/clients.ts';
import { haloId } from './resources/halo-id.ts';
import type { Site } from './resources/sites.ts';

/** What is known about a customer beside its own row. Rows of other customers are passed over. */
export interface CustomerSources {
  /** Sites, for their e-mail domains, phones and postcodes. */
  sites?: readonly Site[] | undefined;
  /** Rows of `/AreaAzureTenant`, for tenant ids and domains. */
  azureTenants?: readonly AzureTenant[] | undefined;
}

/**
 * Fields of a client that hold its id in another system, each compared under Halo's own name of it. The ids of the
 * accounting *company* (`xero_tenant_id` and its like) are left out: they name the books, not the customer in them.
 */
const IDENTIFIER_FIELDS = [
  'ref',
  'accountsid',
  'tax_number',
  'xeroid',
  'itglue_id',
  'hubspot_id',
  'datto_id',
  'datto_alternate_id',
  'datto_commerce_id',
  'ninjarmmid',
  'ateraid',
  'syncroid',
  'cautomateid',
  'connectwiseid',
  'autotaskid',
  'kaseyaid',
  'liongardid',
  'auvik_id',
  'passportal_id',
  'gficlientid',
  'snow_id',
  'device42id',
  'servicenowid',
  'stripe_customer_id',
] as const satisfies readonly (keyof Client)[];

/**
 * Returns a Halo customer as the mapping engine takes it: name, other names, domains, phones, postcodes and ids in other
 * systems, with Halo's words for "none" dropped. The row itself stays at hand as `client`.
 *
 * Ids in other systems are under Halo's field names (`ref`, `accountsid`, `ninjarmmid`, ...), Microsoft tenants under
 * `azure_tenant_id`: give an organization's ids under the same keys. A list row holds few of them, `get` all.
 *
 * @param client a row of `halo.clients`
 * @param sources sites and Microsoft tenants; rows of other customers are passed over
 * @example
 * ```ts
 * import { configFromEnv, createHaloClient, customerFromClient, suggestMappings } from 'halo-psa';
 *
 * const halo = createHaloClient(configFromEnv());
 * const clients = await halo.clients.list({ includeAzureTenants: true }).toArray();
 * const customers = clients.map((client) => customerFromClient(client));
 * const report = suggestMappings([{ id: 'acme', name: 'Acme Ltd' }], customers);
 * console.log(report.suggestions[0]?.customer?.client.name);
 * ```
 */
export function customerFromClient(
  client: Client,
  { sites = [], azureTenants = [] }: CustomerSources = {},
): MappingRecord & { readonly client: Client } {
  const ownSites = sites.filter((site) => site.client_id === client.id);
  const tenants = [
    ...(client.azure_tenants ?? []),
    ...azureTenants.filter((tenant) => tenant.client_id === client.id),
  ];
  return {
    id: client.id,
    name: client.name ?? '',
    aliases: texts(client.trading_name, ...tenants.map((tenant) => tenant.azure_tenant_name)),
    domains: domainsOf(client, ownSites, tenants),
    phones: texts(
      client.main_phonenumber,
      client.main_contact_phonenumber,
      ...ownSites.map((site) => site.phonenumber),
    ),
    postalCodes: texts(
      ...ownSites.flatMap((site) => [site.delivery_address_line5, site.delivery_address?.postcode]),
    ),
    identifiers: identifiersOf(client, ownSites, tenants),
    inactive: client.inactive ?? false,
    client,
  };
}

/** `client.domain` stays out: it belongs to a CRM link and need not be a domain that the customer uses. */
function domainsOf(client: Client, sites: readonly Site[], tenants: readonly AzureTenant[]): string[] {
  return texts(
    client.website,
    client.main_contact_email,
    client.accountsemailaddress,
    ...sites.map((site) => site.emaildomain),
    ...tenants.map((tenant) => tenant.azure_tenant_domain),
  );
}

function identifiersOf(
  client: Client,
  sites: readonly Site[],
  tenants: readonly AzureTenant[],
): Record<string, readonly (string | number)[]> {
  const entries: [string, (string | number)[]][] = IDENTIFIER_FIELDS.map((field) => [
    field,
    ids(client[field]),
  ]);
  const tenantIds = ids(
    client.azure_tenant_id,
    ...tenants.map((tenant) => tenant.azure_tenant_id),
    ...sites.map((site) => site.azuretenantid),
  );
  return Object.fromEntries(
    [...entries, ['azure_tenant_id', tenantIds] as const].filter(([, all]) => all.length > 0),
  );
}

/** Drops Halo's words for "none": an empty text, 0 and the numbers below it, also as text, and the GUID of zeros. */
function ids(...values: readonly (string | number | undefined)[]): (string | number)[] {
  const known = values.map((value) => (typeof value === 'string' ? value.trim() : value));
  return [...new Set(known)].filter((value) => value !== undefined && !isNone(value)) as (string | number)[];
}

function isNone(value: string | number): boolean {
  if (typeof value === 'number') return haloId(value) === null;
  return /^[-{}0.]*$/.test(value) || /^-\d+$/.test(value);
}

function texts(...values: readonly (string | undefined)[]): string[] {
  const known = values.map((value) => value?.trim() ?? '').filter((value) => value !== '');
  return [...new Set(known)];
}
