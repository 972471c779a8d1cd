import type { MappingChange } from '../../workflow/index.ts';
import { type Candidate, type Proposal, proposedCandidate } from './suggestions.ts';

/** Who decides, and when: ISO 8601. */
export interface Decider {
  readonly at: string;
  readonly by?: string | undefined;
}

/** An organization or a customer in short. */
export interface Named {
  readonly id: string | number;
  readonly name: string;
}

/** Takes one of the candidates as the engine proposed it. */
export function accept(
  organization: Named,
  { customer, confidence, evidence }: Candidate,
  who: Decider,
): MappingChange {
  const kinds = evidence.filter(({ weight }) => weight > 0).map(({ kind }) => kind);
  return {
    kind: 'map',
    ...concerning(organization),
    mapped: {
      ...called(customer),
      source: 'suggestion',
      confidence,
      evidenceKinds: [...new Set(kinds)],
      ...who,
    },
  };
}

/** Takes the proposed customers of all proposals of a status. */
export function acceptAll(
  proposals: readonly Proposal[],
  status: Proposal['status'],
  who: Decider,
): MappingChange[] {
  return proposals
    .filter((proposal) => proposal.status === status)
    .flatMap((proposal) => {
      const candidate = proposedCandidate(proposal);
      return candidate === undefined ? [] : [accept(proposal.organization, candidate, who)];
    });
}

/** Maps to a customer that a person chose, or that a file brought. */
export function mapTo(
  organization: Named,
  customer: Named,
  source: 'manual' | 'import',
  who: Decider,
): MappingChange {
  return { kind: 'map', ...concerning(organization), mapped: { ...called(customer), source, ...who } };
}

/** Rules a customer out for good. */
export function reject(organization: Named, customer: Named, who: Decider): MappingChange {
  return { kind: 'reject', ...concerning(organization), rejected: { ...called(customer), ...who } };
}

/** Notes that an organization is meant to have no customer. */
export function ignore(organization: Named, who: Decider): MappingChange {
  return { kind: 'ignore', ...concerning(organization), ignored: { ...who } };
}

/** Ends a mapping, or an organization's being ignored. */
export function unmap(organizationId: string | number): MappingChange[] {
  return [
    { kind: 'unmap', organizationId },
    { kind: 'unignore', organizationId },
  ];
}

function concerning({ id, name }: Named) {
  return { organizationId: id, organizationName: name };
}

function called({ id, name }: Named) {
  return { customerId: id, customerName: name };
}
