import { customerFromClient } from '../customer-from-client.ts';
import { isHaloError } from '../errors.ts';
import type { MappingRecord } from '../mapping/types.ts';
import type { Client } from '../resources/clients.ts';
import { haloId } from '../resources/halo-id.ts';
import {
  type Baselines,
  compareSide,
  findVanished,
  mappedCustomers,
  missingRows,
  namedRow,
} from './compare-sides.ts';
import {
  ALL_CUSTOMERS_HINT,
  type CustomerFate,
  findHidden,
  findStale,
  type StaleEntry,
  staleMapping,
} from './find-stale.ts';
import { forEachBounded } from './for-each-bounded.ts';
import { successorFinder } from './infer-successor.ts';
import { readListing } from './read-sides.ts';
import { type Sides, sidesOf } from './sides.ts';
import { rejectedPairs } from './suggest-unmapped.ts';
import type { MappingDocument } from './types.ts';
import type {
  MappingWorkflowHalo,
  NamedRow,
  RefreshReport,
  StaleMapping,
  WorkflowCall,
  WorkflowCustomer,
} from './workflow-types.ts';

/** @internal */
export interface RefreshInput<O extends MappingRecord> {
  readonly halo: MappingWorkflowHalo;
  readonly document: MappingDocument;
  readonly baselines: Baselines;
  readonly sides: Sides<O>;
  /** Customers as an earlier refresh read them, by id as text. */
  readonly earlier: ReadonlyMap<string, WorkflowCustomer>;
  readonly acceptVanished: boolean;
  readonly call: WorkflowCall;
}

/** What a refresh found, and the sides with what was asked for by id. @internal */
export interface RefreshFindings<O extends MappingRecord> {
  readonly sides: Sides<O>;
  readonly report: Pick<
    RefreshReport,
    'organizations' | 'customers' | 'stale' | 'hidden' | 'customersHidden' | 'organizationsVanished'
  >;
}

/** As many requests as a rate budget has in flight. */
const CONCURRENCY = 4;
const ORGANIZATIONS_HINT =
  'Look at what `organizations` returned: it may have been cut short. If they are really gone, refresh with { acceptVanished: true }.';

/** Says what changed since, and which saved mappings are stale. @internal */
export async function refreshSides<O extends MappingRecord>(
  input: RefreshInput<O>,
): Promise<RefreshFindings<O>> {
  const { document, baselines, acceptVanished } = input;
  const saved = mappedCustomers(document);
  const listed = input.sides.customersById;
  const hint = `${ALL_CUSTOMERS_HINT} If they are really gone, refresh with { acceptVanished: true }.`;
  const customersHidden = acceptVanished
    ? null
    : findVanished([baselines.customers.rows, savedThen(baselines, saved)], listed, hint);
  const { organizationsById } = input.sides;
  const organizationsVanished = acceptVanished
    ? null
    : findVanished([baselines.organizations.rows], organizationsById, ORGANIZATIONS_HINT);
  const asked =
    customersHidden === null
      ? await askById(input.halo, missingRows(saved, listed), input.call)
      : NOTHING_ASKED;
  const sides = sidesOf(input.sides.organizations, [...input.sides.customers, ...asked.found]);
  const fates = fatesOf(sides, asked.fates);
  const facts = { document, organizations: organizationsVanished === null ? organizationsById : null, fates };
  const stale = customersHidden === null ? await withSuccessors({ ...input, sides }, findStale(facts)) : [];
  const organizations = compareSide(baselines.organizations, [...organizationsById.values()].map(namedRow));
  const customers = compareSide(baselines.customers, [...sides.customersById.values()].map(namedRow));
  return {
    sides,
    report: {
      organizations: organizationsVanished === null ? organizations : { ...organizations, removed: [] },
      customers: {
        ...customers,
        removed:
          customersHidden === null
            ? customers.removed.filter(({ id }) => fates.get(String(id)) !== 'hidden')
            : [],
      },
      stale,
      hidden: findHidden(facts),
      customersHidden,
      organizationsVanished,
    },
  };
}

/** What was gone before the last reading does not vanish now. */
function savedThen({ customers }: Baselines, saved: readonly NamedRow[]): readonly NamedRow[] {
  if (!customers.isWhole) return saved;
  const then = new Set(customers.rows.map(({ id }) => String(id)));
  return saved.filter(({ id }) => then.has(String(id)));
}

interface AskedCustomers {
  readonly fates: ReadonlyMap<string, CustomerFate>;
  /** Customers that exist after all: a list can miss a row that moves while it is read. */
  readonly found: readonly WorkflowCustomer[];
}

const NOTHING_ASKED: AskedCustomers = { fates: new Map(), found: [] };

/** Asks for saved customers that no list showed: 404 is deleted, 401 and 403 are hidden. */
async function askById(
  halo: MappingWorkflowHalo,
  missing: readonly { id: string | number }[],
  call: WorkflowCall,
): Promise<AskedCustomers> {
  const fates = new Map<string, CustomerFate>();
  const found: WorkflowCustomer[] = [];
  await forEachBounded(missing, CONCURRENCY, async ({ id }) => {
    const answer = await readOne(halo, haloId(id), call);
    if (typeof answer === 'string') fates.set(String(id), answer);
    else found.push({ ...customerFromClient(answer), id: answer.id, client: answer });
  });
  return { fates, found: found.sort((a, b) => a.id - b.id) };
}

async function readOne(
  halo: MappingWorkflowHalo,
  id: number | null,
  call: WorkflowCall,
): Promise<Client | 'deleted' | 'hidden'> {
  if (id === null) return 'deleted';
  try {
    return await halo.clients.get(id, call);
  } catch (error) {
    const status = isHaloError(error) ? error.status : undefined;
    if (status === 404) return 'deleted';
    if (status === 401 || status === 403) return 'hidden';
    throw error;
  }
}

function fatesOf<O extends MappingRecord>(
  { customersById }: Sides<O>,
  asked: ReadonlyMap<string, CustomerFate>,
): Map<string, CustomerFate> {
  const fates = new Map(asked);
  for (const [id, { inactive }] of customersById) fates.set(id, inactive === true ? 'inactive' : 'active');
  return fates;
}

/** More lost customers than these are not looked up by their sites; one request each. */
const MOST_SITE_LOOKUPS = 20;

async function withSuccessors<O extends MappingRecord>(
  { halo, document, sides, earlier, call }: RefreshInput<O>,
  entries: readonly StaleEntry[],
): Promise<StaleMapping[]> {
  const active = sides.customers.filter(({ id, inactive }) => inactive !== true && id !== 1);
  const infer = successorFinder(active, rejectedPairs(document));
  const stale: StaleMapping[] = [];
  let lookups = 0;
  for (const entry of entries) {
    if (entry.reason === 'organization-removed') {
      stale.push(staleMapping(entry, null));
      continue;
    }
    const id = String(entry.mapped.customerId);
    lookups += 1;
    const siteOwners =
      lookups > MOST_SITE_LOOKUPS ? [] : await ownersOfSite(halo, entry.mapped.customerName, call);
    const organization = sides.organizationsById.get(String(entry.organizationId));
    const before = sides.customersById.get(id) ?? earlier.get(id);
    stale.push(staleMapping(entry, infer(entry, { organization, before, siteOwners })));
  }
  return stale;
}

/** Customers with a site of this very name. A refusal says nothing: sites only help to guess. */
async function ownersOfSite(
  { sites }: MappingWorkflowHalo,
  name: string,
  call: WorkflowCall,
): Promise<number[]> {
  const wanted = name.trim().toLowerCase();
  if (sites === undefined || wanted === '') return [];
  try {
    const rows = await readListing(sites.list({ search: name.trim() }, call));
    const same = rows.filter((site) => site.name?.trim().toLowerCase() === wanted);
    return [...new Set(same.map(({ client_id }) => haloId(client_id)).filter((id) => id !== null))];
  } catch (error) {
    if (isHaloError(error)) return [];
    throw error;
  }
}
