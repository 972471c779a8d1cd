import type { z } from 'zod';
import { path } from '../http/path.ts';
import { azureTenantSchema } from './azure-tenants.ts';
import { customFieldSchema } from './custom-fields.ts';
import {
  type CommonQuery,
  flagParameter,
  idParameter,
  idsParameter,
  outOfUseParameter,
  textParameter,
} from './parameters.ts';
import type { DeletableResource, ResourceDescriptor } from './resource.ts';
import {
  amount,
  date,
  flag,
  listOf,
  type RowInput,
  reference,
  rowSchema,
  text,
  toolId,
} from './row-schema.ts';

const shape = {
  name: text,
  /** The group above: id of a top level. */
  toplevel_id: reference,
  toplevel_name: text,
  inactive: flag,
  ref: text,
  accountsid: text,
  website: text,
  domain: text,
  notes: text,
  trading_name: text,
  tax_number: text,
  main_site_id: reference,
  main_site_name: text,
  main_phonenumber: text,
  main_contact_id: reference,
  main_contact_name: text,
  main_contact_email: text,
  main_contact_phonenumber: text,
  accountsemailaddress: text,
  customfields: listOf(customFieldSchema),
  azure_tenants: listOf(azureTenantSchema),
  azure_tenant_id: text,
  /** 0 when the customer is not on stop. */
  stopped: amount,
  customertype: reference,
  is_vip: flag,
  datecreated: date,
  alastupdate: date,
  xeroid: toolId,
  itglue_id: toolId,
  hubspot_id: toolId,
  datto_id: toolId,
  datto_alternate_id: toolId,
  datto_commerce_id: toolId,
  ninjarmmid: toolId,
  ateraid: toolId,
  syncroid: toolId,
  cautomateid: toolId,
  connectwiseid: toolId,
  autotaskid: toolId,
  kaseyaid: toolId,
  liongardid: toolId,
  auvik_id: toolId,
  passportal_id: toolId,
  gficlientid: toolId,
  snow_id: toolId,
  device42id: toolId,
  servicenowid: toolId,
  stripe_customer_id: toolId,
};

/** Schema of a Halo customer, which Halo's API calls a client. */
export const clientSchema = rowSchema(shape);

/** A Halo customer, which Halo's API calls a client. Every field but the id may be missing. */
export type Client = z.infer<typeof clientSchema>;

/** A customer to create; Halo adds its main site by itself. */
export type ClientCreate = RowInput<typeof shape, 'name'>;

/** The fields of a customer to change. */
export type ClientUpdate = RowInput<typeof shape>;

/** Which customers to list. */
export interface ClientQuery extends CommonQuery {
  /** Text that Halo looks for in several fields; a hit is not an equal name. */
  search?: string | undefined;
  /** Looks for `search` in the name only. */
  searchNameOnly?: boolean | undefined;
  topLevelId?: number | undefined;
  /** Adds inactive customers to the active ones. @default false */
  includeInactive?: boolean | undefined;
  includeNotes?: boolean | undefined;
  /** Adds `azure_tenants`. */
  includeAzureTenants?: boolean | undefined;
  /** Adds `website`; newer Halo versions only. */
  includeWebsite?: boolean | undefined;
  /** Adds these custom fields, by id; newer Halo versions only. */
  customFieldIds?: readonly number[] | undefined;
  /** Leaves out the customers that stand for the own company. */
  excludeInternal?: boolean | undefined;
  /** Halo's name of the field to sort by. */
  orderBy?: string | undefined;
  descending?: boolean | undefined;
}

/** The customers of a Halo. */
export type Clients = DeletableResource<Client, ClientQuery, ClientCreate, ClientUpdate>;

/** @internal */
export const clientDescriptor: ResourceDescriptor<Client, ClientQuery> = {
  name: 'clients',
  singular: 'client',
  listPath: path`/Client`,
  rowPath: (id) => path`/Client/${id}`,
  schema: clientSchema,
  parameters: {
    search: textParameter('search'),
    searchNameOnly: flagParameter('search_name_only'),
    topLevelId: idParameter('toplevel_id'),
    includeInactive: outOfUseParameter('includeactive', 'includeinactive'),
    includeNotes: flagParameter('includenotes'),
    includeAzureTenants: flagParameter('includeazuretenants'),
    includeWebsite: flagParameter('include_website'),
    customFieldIds: idsParameter('include_custom_fields'),
    excludeInternal: flagParameter('exclude_internal'),
    orderBy: textParameter('order'),
    descending: flagParameter('orderdesc'),
  },
  defaults: { includeInactive: false },
  createLookup: 'halo.clients.list({ search: name, includeInactive: true })',
};
