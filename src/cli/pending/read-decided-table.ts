import { findEntry, type MappingChange, type MappingDocument } from '../../workflow/index.ts';
import { InputError } from '../input/input-error.ts';
import { readTable } from '../input/read-table.ts';
import { unescapeFormula } from '../output/csv.ts';
import { accept, type Decider, ignore, mapTo, type Named, reject, unmap } from './decide.ts';
import { REVIEW_COLUMNS } from './review-table.ts';
import { type Proposal, proposedCandidate, type Suggestions } from './suggestions.ts';

const REQUIRED = ['organization_id', 'decision'] as const satisfies (typeof REVIEW_COLUMNS)[number][];

/** Of the table that `export` wrote, three columns are read; the other ones are for people. */
const COLUMNS = {
  required: REQUIRED,
  optional: REVIEW_COLUMNS.filter((column) => !REQUIRED.some((name) => name === column)),
};

/** Words that people write for a decision. */
const WORDS: ReadonlyMap<string, 'accept' | 'reject' | 'ignore' | 'unmap'> = new Map([
  ['accept', 'accept'],
  ['accepted', 'accept'],
  ['yes', 'accept'],
  ['y', 'accept'],
  ['map', 'accept'],
  ['reject', 'reject'],
  ['rejected', 'reject'],
  ['no', 'reject'],
  ['n', 'reject'],
  ['ignore', 'ignore'],
  ['unmap', 'unmap'],
]);
const MOST_PROBLEMS = 20;

/** What a table is read against. */
export interface DecidedTableContext {
  readonly suggestions: Suggestions;
  readonly view: MappingDocument;
  readonly who: Decider;
}

/** What a table decides. */
export interface DecidedTable {
  readonly changes: readonly MappingChange[];
  /** Rows by what they decide. */
  readonly counts: Readonly<Record<'accept' | 'reject' | 'ignore' | 'unmap' | 'none', number>>;
}

/**
 * Reads the decisions of a table, all of them or none.
 *
 * @throws {InputError} when a row cannot be understood, naming each such row
 */
export function readDecidedTable(
  file: string,
  { suggestions, view, who }: DecidedTableContext,
): DecidedTable {
  const known = indexOf(suggestions, view);
  const counts = { accept: 0, reject: 0, ignore: 0, unmap: 0, none: 0 };
  const changes: MappingChange[] = [];
  const problems: string[] = [];
  const lines = new Map<string, number>();
  for (const { cells, line } of readTable(file, COLUMNS).rows) {
    const word = cells.decision!.toLowerCase();
    const id = unescapeFormula(cells.organization_id!);
    if (word === '') {
      counts.none += 1;
      continue;
    }
    const decision = WORDS.get(word);
    const twice = lines.get(id);
    lines.set(id, line);
    const decided =
      decision === undefined
        ? `"${cells.decision}" is none of accept, map, reject, ignore, unmap`
        : twice !== undefined
          ? `line ${twice} decides about ${id} too`
          : decide(decision, { id, customerId: unescapeFormula(cells.customer_id!) }, known, who);
    if (typeof decided === 'string') problems.push(`line ${line}: ${decided}`);
    else {
      counts[decision!] += 1;
      changes.push(...decided);
    }
  }
  if (problems.length > 0) throw problemsError(file, problems);
  return { changes, counts };
}

interface Known {
  readonly proposals: ReadonlyMap<string, Proposal>;
  readonly organizations: ReadonlyMap<string, Named>;
  readonly customers: ReadonlyMap<string, Named>;
  readonly view: MappingDocument;
}

function indexOf({ proposals, customers, stale }: Suggestions, view: MappingDocument): Known {
  const organizations = [
    ...view.entries.map(({ organizationId: id, organizationName: name }) => ({ id, name })),
    ...stale.map(({ organizationId: id, organizationName: name }) => ({ id, name })),
    ...proposals.map(({ organization }) => organization),
  ];
  return {
    proposals: new Map(proposals.map((proposal) => [String(proposal.organization.id), proposal])),
    organizations: new Map(organizations.map((organization) => [String(organization.id), organization])),
    customers: new Map(customers.map((customer) => [String(customer.id), customer])),
    view,
  };
}

/** Returns the changes of one row, or what is wrong with it. */
function decide(
  decision: 'accept' | 'reject' | 'ignore' | 'unmap',
  { id, customerId }: { readonly id: string; readonly customerId: string },
  { proposals, organizations, customers, view }: Known,
  who: Decider,
): MappingChange[] | string {
  const organization = organizations.get(id);
  if (organization === undefined)
    return `there is no organization ${id}; run halo-psa suggest again if it is new`;
  if (decision === 'ignore') return [ignore(organization, who)];
  if (decision === 'unmap') return unmap(organization.id);
  if (customerId === '') return `"${decision}" needs a customer_id`;
  const mapped = findEntry(view, organization.id)?.mapped;
  const customer = customers.get(customerId);
  // A customer that is gone can still be ruled out, as long as it is mapped.
  if (decision === 'reject' && mapped !== undefined && String(mapped.customerId) === customerId)
    return [reject(organization, { id: mapped.customerId, name: mapped.customerName }, who)];
  if (customer === undefined)
    return `there is no customer ${customerId} in Halo; run halo-psa suggest again if it is new`;
  if (decision === 'reject') return [reject(organization, customer, who)];
  if (String(mapped?.customerId) === customerId) return [];
  const proposal = proposals.get(id);
  const proposed = proposal && proposedCandidate(proposal);
  return proposed?.customer.id === customer.id
    ? [accept(organization, proposed, who)]
    : [mapTo(organization, customer, 'import', who)];
}

function problemsError(file: string, problems: readonly string[]): InputError {
  const shown = problems.slice(0, MOST_PROBLEMS);
  const rest = problems.length > shown.length ? `; and ${problems.length - shown.length} more` : '';
  return new InputError(`${file} was not imported, nothing of it: ${shown.join('; ')}${rest}.`);
}
