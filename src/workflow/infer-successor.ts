import { DEFAULT_THRESHOLDS } from '../mapping/defaults.ts';
import { createMapper } from '../mapping/mapper.ts';
import type { Candidate, DecidedPair, Mapper, MappingRecord } from '../mapping/types.ts';
import type { StaleEntry } from './find-stale.ts';
import type { LikelySuccessor, WorkflowCustomer } from './workflow-types.ts';

/** What the inference is made from. @internal */
export interface SuccessorFacts {
  /** The organization whose mapping is stale, as it is now. */
  readonly organization: MappingRecord | undefined;
  /** The lost customer as it was read last, or still is where it is only inactive. */
  readonly before: MappingRecord | undefined;
  /** Active customers that have a site named like the lost customer: Halo moves sites when it merges. */
  readonly siteOwners: readonly number[];
}

/** Makes a function that infers successors among customers in use. @internal */
export function successorFinder(
  customers: readonly WorkflowCustomer[],
  rejected: readonly DecidedPair[],
): (entry: StaleEntry, facts: SuccessorFacts) => LikelySuccessor | null {
  let mapper: Mapper<WorkflowCustomer> | undefined;
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  const isRejected = rejectedPairs(rejected);
  return (entry, facts) => {
    mapper ??= createMapper(customers, { cardinality: 'many-to-one', rejected });
    const [suggestion] = mapper.suggest([questionOf(entry, facts)]).suggestions;
    const likely = suggestion?.candidates.filter(({ confidence }) => confidence >= DEFAULT_THRESHOLDS.review);
    const owners = facts.siteOwners
      .map((id) => byId.get(id))
      .filter((owner) => owner !== undefined && !isRejected(entry.organizationId, owner.id));
    // A site tells nothing when several customers have one of that name.
    const owner = owners.length === 1 ? owners[0] : undefined;
    const candidate = likely?.find(({ customer }) => customer === owner) ?? likely?.[0];
    if (candidate !== undefined) return fromCandidate(candidate, entry, candidate.customer === owner);
    return owner === undefined ? null : successor(owner, null, [siteReason(entry)]);
  };
}

/** The lost customer in all that is known of it, with what is known of its organization beside. */
function questionOf(entry: StaleEntry, { organization, before }: SuccessorFacts): MappingRecord {
  const names = [
    before?.name,
    organization?.name,
    ...(before?.aliases ?? []),
    ...(organization?.aliases ?? []),
  ];
  return {
    id: entry.organizationId,
    name: entry.mapped.customerName,
    aliases: names.filter((name): name is string => typeof name === 'string' && name !== ''),
    domains: [...(before?.domains ?? []), ...(organization?.domains ?? [])],
    phones: [...(before?.phones ?? []), ...(organization?.phones ?? [])],
    postalCodes: [...(before?.postalCodes ?? []), ...(organization?.postalCodes ?? [])],
    identifiers: { ...organization?.identifiers, ...before?.identifiers },
  };
}

function fromCandidate(
  { customer, confidence, evidence }: Candidate<WorkflowCustomer>,
  entry: StaleEntry,
  ownsSite: boolean,
): LikelySuccessor {
  const reasons = evidence
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, REASONS_SHOWN)
    .map(({ label, detail }) => (detail === undefined ? label : `${label}: ${detail}`));
  return successor(customer, confidence, [...reasons, ...(ownsSite ? [siteReason(entry)] : [])]);
}

/** A person can weigh three reasons. */
const REASONS_SHOWN = 3;

function siteReason({ mapped }: StaleEntry): string {
  return `It has a site named ${mapped.customerName}`;
}

function successor(
  customer: WorkflowCustomer,
  confidence: number | null,
  because: string[],
): LikelySuccessor {
  const { id, name } = customer;
  const text = `Probably merged into ${name} (${id})${because.length === 0 ? '' : `: ${because.join('; ')}`}`;
  return { customerId: id, customerName: name, confidence, because, text };
}

function rejectedPairs(
  pairs: readonly DecidedPair[],
): (organizationId: string | number, customerId: number) => boolean {
  const keys = new Set(
    pairs.map((pair) => JSON.stringify([String(pair.organizationId), String(pair.customerId)])),
  );
  return (organizationId, customerId) =>
    keys.has(JSON.stringify([String(organizationId), String(customerId)]));
}
