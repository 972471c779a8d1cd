import type { z } from 'zod';
import { path } from '../http/path.ts';
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
import { flag, listOf, partSchema, type RowInput, reference, rowSchema, text, toolId } from './row-schema.ts';

const shape = {
  name: text,
  /** Id of the customer. */
  client_id: reference,
  client_name: text,
  /** `Customer/Site`. */
  clientsite_name: text,
  inactive: flag,
  phonenumber: text,
  maincontact_id: reference,
  maincontact_name: text,
  ref: text,
  notes: text,
  timezone: text,
  sla_id: reference,
  isinvoicesite: flag,
  /** Lines 1 to 4 are the address. */
  delivery_address_line1: text,
  delivery_address_line2: text,
  delivery_address_line3: text,
  delivery_address_line4: text,
  /** The postcode. */
  delivery_address_line5: text,
  country_code_name: text,
  region_code_name: text,
  delivery_address: partSchema({ line1: text, line2: text, line3: text, line4: text, postcode: text }),
  /** The domain by which Halo files incoming e-mail under this site. */
  emaildomain: text,
  /** GUID of the tenant in Microsoft Entra. */
  azuretenantid: text,
  accountsid: text,
  accountsemailaddress: text,
  itglue_id: toolId,
  customfields: listOf(customFieldSchema),
};

/** Schema of a site of a customer. */
export const siteSchema = rowSchema(shape);

/** A site of a customer. Every field but the id may be missing. */
export type Site = z.infer<typeof siteSchema>;

/** A site to create. */
export type SiteCreate = RowInput<typeof shape, 'name' | 'client_id'>;

/** The fields of a site to change. */
export type SiteUpdate = RowInput<typeof shape>;

/** Which sites to list. */
export interface SiteQuery extends CommonQuery {
  /** Sites of this customer only. */
  clientId?: number | undefined;
  topLevelId?: number | undefined;
  /** Text that Halo looks for in several fields. */
  search?: string | undefined;
  /** Adds inactive sites to the active ones. @default false */
  includeInactive?: boolean | undefined;
  /** Adds `delivery_address_line1` to `delivery_address_line5`, the last of which is the postcode. */
  includeAddress?: boolean | undefined;
  includeNotes?: boolean | undefined;
  /** Adds these custom fields, by id; newer Halo versions only. */
  customFieldIds?: readonly number[] | undefined;
  /** Halo's name of the field to sort by. */
  orderBy?: string | undefined;
  descending?: boolean | undefined;
}

/** The sites of all customers of a Halo. */
export type Sites = DeletableResource<Site, SiteQuery, SiteCreate, SiteUpdate>;

/** @internal */
export const siteDescriptor: ResourceDescriptor<Site, SiteQuery> = {
  name: 'sites',
  singular: 'site',
  listPath: path`/Site`,
  rowPath: (id) => path`/Site/${id}`,
  schema: siteSchema,
  parameters: {
    clientId: idParameter('client_id'),
    topLevelId: idParameter('toplevel_id'),
    search: textParameter('search'),
    includeInactive: outOfUseParameter('includeactive', 'includeinactive'),
    includeAddress: flagParameter('includeaddress'),
    includeNotes: flagParameter('includenotes'),
    customFieldIds: idsParameter('include_custom_fields'),
    orderBy: textParameter('order'),
    descending: flagParameter('orderdesc'),
  },
  defaults: { includeInactive: false },
  createLookup: 'halo.sites.list({ clientId, includeInactive: true })',
};
