import { z } from 'zod';
import { customerFromClient } from '../customer-from-client.ts';
import { HaloListingError } from '../errors.ts';
import type { MappingRecord } from '../mapping/types.ts';
import { type AzureTenant, azureTenantSchema } from '../resources/azure-tenants.ts';
import type { Client } from '../resources/clients.ts';
import { haloId } from '../resources/halo-id.ts';
import type {
  MappingWorkflowHalo,
  WorkflowCall,
  WorkflowCustomer,
  WorkflowListing,
  WorkflowSignals,
} from './workflow-types.ts';

/** Key under which both sides carry an organization's own id, where a custom field of customers holds it. @internal */
export const OWN_ID_KEY = 'organization id in a custom field';

/**
 * Reads a list to its end, and refuses one that is not complete: what is missing would look deleted.
 *
 * @throws {HaloListingError} when the list does not check complete
 * @internal
 */
export async function readListing<Row>(listing: WorkflowListing<Row>): Promise<Row[]> {
  const rows = await listing.toArray();
  const { report } = listing;
  if (report === null || report.complete) return rows;
  throw new HaloListingError({
    code: 'HALO_LISTING_INCOMPLETE',
    summary: `The list is not complete, ${report.received} of ${report.expected ?? 'an unknown number of'} rows`,
    hint: 'Nothing was compared, because what is missing would look deleted. Refresh again.',
    report,
  });
}

/** Reads all customers, inactive ones too, with the signals asked for. @internal */
export async function readCustomers(
  halo: MappingWorkflowHalo,
  { azureTenants = false, website = false, customField }: WorkflowSignals,
  call: WorkflowCall = {},
): Promise<WorkflowCustomer[]> {
  const query = {
    includeInactive: true,
    ...(website ? { includeWebsite: true } : {}),
    ...(customField === undefined ? {} : { customFieldIds: [customField.id] }),
  };
  const [clients, tenants] = await Promise.all([
    readListing(halo.clients.list(query, call)),
    azureTenants ? readAzureTenants(halo, call) : [],
  ]);
  const byClient = tenantsByClient(tenants);
  return clients.map((client) => {
    const customer = customerFromClient(client, { azureTenants: byClient.get(client.id) ?? [] });
    return { ...withCustomField(customer, client, customField), id: client.id, client };
  });
}

function tenantsByClient(tenants: readonly AzureTenant[]): Map<number, AzureTenant[]> {
  const byClient = new Map<number, AzureTenant[]>();
  for (const tenant of tenants) {
    const id = haloId(tenant.client_id);
    if (id === null) continue;
    const known = byClient.get(id);
    if (known === undefined) byClient.set(id, [tenant]);
    else known.push(tenant);
  }
  return byClient;
}

function readAzureTenants(halo: MappingWorkflowHalo, call: WorkflowCall): Promise<AzureTenant[]> {
  if (halo.request === undefined) throw new TypeError('Expected `halo.request`, to read Azure tenants');
  return halo.request({ path: '/AreaAzureTenant' }, z.array(azureTenantSchema), call);
}

function withCustomField(
  customer: MappingRecord,
  client: Client,
  customField: WorkflowSignals['customField'],
): MappingRecord {
  if (customField === undefined) return customer;
  const value = customFieldValue(client, customField.id);
  if (value === undefined || value === '') return customer;
  const key = customField.identifier ?? OWN_ID_KEY;
  return { ...customer, identifiers: { ...customer.identifiers, [key]: value } };
}

/** The text that a customer has in a custom field; undefined where the row does not carry the field. @internal */
export function customFieldValue({ customfields }: Client, id: number): string | undefined {
  const field = customfields?.find((each) => each.id === id);
  if (field === undefined) return undefined;
  const { value } = field;
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/**
 * Checks what the caller's callback returned, as far as the workflow relies on it; the engine checks the rest.
 *
 * @throws {TypeError} when it is no list, or a row has no id, or a name that is no text
 * @internal
 */
export function checkOrganizations(rows: unknown): asserts rows is readonly MappingRecord[] {
  if (!Array.isArray(rows)) throw new TypeError('Expected `organizations` to return an array');
  for (const [index, row] of rows.entries()) {
    const { id, name } = (row ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof id !== 'string' && typeof id !== 'number')
      throw new TypeError(`Expected organizations[${index}] to have an id that is a string or a number`);
    if (name !== undefined && name !== null && typeof name !== 'string')
      throw new TypeError(`Expected organizations[${index}].name to be a text`);
  }
}
