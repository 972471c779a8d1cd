import { isHaloError } from '../errors.ts';
import type { MappingRecord, MappingReport } from '../mapping/types.ts';
import { haloId } from '../resources/halo-id.ts';
import { forEachBounded } from './for-each-bounded.ts';
import { readListing } from './read-sides.ts';
import type { MappingDocument } from './types.ts';
import type { MappingWorkflowHalo, WorkflowCall, WorkflowCustomer } from './workflow-types.ts';

/** What reading e-mail domains will cost, told before the first of these requests. */
export interface SiteDomainPlan {
  /** Customers still unmapped. */
  customers: number;
  /** One for each of their sites: Halo tells the domain of one site at a time. */
  requests: number;
  /** At the rate limit of this Halo, in milliseconds. */
  estimatedMs: number;
}

/** A Halo in the same country answers a small request in about this time. */
const REQUEST_MS = 250;
/** As many requests as a rate budget has in flight. */
const CONCURRENCY = 4;
/** What the default rate budget allows. */
const DEFAULT_BUDGET = { capacity: 270, used: 0, windowMs: 300_000 };

/** Estimates how long so many requests take: by their latency, or by the rate limit. @internal */
export function estimateMs(
  requests: number,
  { capacity, used, windowMs }: { capacity: number; used: number; windowMs: number } = DEFAULT_BUDGET,
): number {
  const byLatencyMs = Math.ceil(requests / CONCURRENCY) * REQUEST_MS;
  const beyond = requests - Math.max(0, capacity - used);
  if (beyond <= 0 || !Number.isFinite(capacity)) return byLatencyMs;
  return Math.max(byLatencyMs, Math.ceil(beyond / Math.max(1, capacity)) * windowMs);
}

/** The customers, of those given, whose domains may still decide something. @internal */
export function openCustomers(
  { suggestions }: Pick<MappingReport<MappingRecord, WorkflowCustomer>, 'suggestions'>,
  customers: readonly WorkflowCustomer[],
  { entries }: MappingDocument,
): Set<number> {
  const open = suggestions.filter(({ status }) => status !== 'matched');
  if (!open.some(({ organization }) => (organization.domains ?? []).length > 0)) return new Set();
  const claimed = new Set(entries.map(({ mapped }) => String(mapped?.customerId)));
  for (const { status, customer } of suggestions)
    if (status === 'matched' && customer !== null) claimed.add(String(customer.id));
  return new Set(customers.map(({ id }) => id).filter((id) => !claimed.has(String(id))));
}

/**
 * Reads the e-mail domains of customers' sites, after the caller was told what that costs and has agreed.
 *
 * @returns domains by customer id; null when the caller declined
 * @internal
 */
export async function readSiteDomains(
  halo: MappingWorkflowHalo,
  customerIds: ReadonlySet<number>,
  agree: (plan: SiteDomainPlan) => boolean | Promise<boolean>,
  call: WorkflowCall = {},
): Promise<Map<number, string[]> | null> {
  const { sites } = halo;
  if (sites === undefined) throw new TypeError('Expected `halo.sites`, to read e-mail domains');
  const rows = (await readListing(sites.list({}, call))).filter(({ client_id }) =>
    customerIds.has(haloId(client_id) ?? 0),
  );
  const customers = new Set(rows.map(({ client_id }) => client_id)).size;
  const plan = { customers, requests: rows.length, estimatedMs: estimateMs(rows.length, halo.budget?.()) };
  if (!(await agree(plan))) return null;
  const domains = new Map<number, string[]>();
  await forEachBounded(rows, CONCURRENCY, async ({ id, client_id }) => {
    const domain = await domainOf(sites, id, call);
    const owner = haloId(client_id);
    if (domain !== undefined && owner !== null)
      domains.set(owner, [...(domains.get(owner) ?? []), domain].sort());
  });
  return domains;
}

/** A site that went away or may not be read says nothing; that is no reason to stop. */
async function domainOf(
  sites: NonNullable<MappingWorkflowHalo['sites']>,
  id: number,
  call: WorkflowCall,
): Promise<string | undefined> {
  try {
    const { emaildomain } = await sites.get(id, call);
    return emaildomain?.trim() || undefined;
  } catch (error) {
    if (isHaloError(error) && [401, 403, 404].includes(error.status ?? 0)) return undefined;
    throw error;
  }
}
