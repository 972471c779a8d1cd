import type { z } from 'zod';
import { date, reference, rowSchema, text } from './row-schema.ts';

/** Schema of a Microsoft tenant linked to a Halo customer: a row of `/AreaAzureTenant`, or of a client's `azure_tenants`. */
export const azureTenantSchema = rowSchema({
  client_id: reference,
  client_name: text,
  /** GUID of the tenant in Microsoft Entra. */
  azure_tenant_id: text,
  azure_tenant_name: text,
  azure_tenant_domain: text,
  details_id: reference,
  details_name: text,
  token_expiry: date,
});

/** A Microsoft tenant linked to a Halo customer. */
export type AzureTenant = z.infer<typeof azureTenantSchema>;
