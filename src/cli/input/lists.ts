import type { MappingRecord } from '../../mapping/index.ts';
import { InputError } from './input-error.ts';
import { readTable, type Table, type TableRow } from './read-table.ts';

/** A row of one of the two lists, as the file has it. */
export interface ListedRecord extends MappingRecord {
  readonly id: string;
}

/** One of the two lists. */
export interface RecordList {
  readonly file: string;
  readonly records: readonly ListedRecord[];
  readonly unused: readonly string[];
}

/** The right answer for one organization. */
export interface TruthRow {
  readonly organizationId: string;
  /** Every customer that counts as right; empty when there is none. */
  readonly customerIds: ReadonlySet<string>;
  /** What makes the names differ; empty where the file has no such column. */
  readonly kind: string;
  readonly note: string;
}

const RECORD_COLUMNS = {
  required: ['id', 'name'],
  optional: ['aliases', 'domains', 'phones', 'postal_codes', 'azure_tenant_id', 'inactive'],
};
const TRUTH_COLUMNS = {
  required: ['organization_id', 'customer_id'],
  optional: ['kind', 'note', 'near_miss_customer_id'],
};

const YES = new Set(['true', 'yes', '1', 'y', 'x']);
const NO = new Set(['false', 'no', '0', 'n', '']);

/** Reads the caller's organizations. An id that occurs twice is left to the engine, which reports it. */
export function readOrganizations(file: string): RecordList {
  return toList(readTable(file, RECORD_COLUMNS));
}

/** Reads the customers. Halo holds each id once, so the file has to as well. */
export function readCustomers(file: string): RecordList {
  const table = readTable(file, RECORD_COLUMNS);
  const lines = new Map<string, number>();
  for (const { cells, line } of table.rows) {
    const earlier = lines.get(cells.id!);
    if (earlier !== undefined)
      throw new InputError(`${file} line ${line}: line ${earlier} has the id "${cells.id}" too.`);
    lines.set(cells.id!, line);
  }
  return toList(table);
}

/**
 * Reads the right answers, by organization. Several lines for one organization mean that each of the customers is right.
 *
 * @throws {InputError} when a line names an organization or customer that is not in the lists
 */
export function readTruth(
  file: string,
  organizations: readonly ListedRecord[],
  customers: readonly ListedRecord[],
): Map<string, TruthRow> {
  const known = { organization: idsOf(organizations), customer: idsOf(customers) };
  const truth = new Map<string, TruthRow>();
  for (const { cells, line } of readTable(file, TRUTH_COLUMNS).rows) {
    const {
      organization_id: organizationId = '',
      customer_id: customerId = '',
      kind = '',
      note = '',
    } = cells;
    requireKnown(known.organization, organizationId, `${file} line ${line}: no organization`);
    if (customerId !== '') requireKnown(known.customer, customerId, `${file} line ${line}: no customer`);
    const customerIds = new Set(truth.get(organizationId)?.customerIds);
    if (customerId !== '') customerIds.add(customerId);
    truth.set(organizationId, { organizationId, customerIds, kind, note });
  }
  return truth;
}

function idsOf(records: readonly ListedRecord[]): ReadonlySet<string> {
  return new Set(records.map(({ id }) => id));
}

function requireKnown(ids: ReadonlySet<string>, id: string, problem: string): void {
  if (!ids.has(id)) throw new InputError(`${problem} has the id "${id}".`);
}

function toList(table: Table): RecordList {
  if (table.rows.length === 0) throw new InputError(`${table.file} has a header line and nothing below it.`);
  return {
    file: table.file,
    records: table.rows.map((row) => toRecord(table.file, row)),
    unused: table.unused,
  };
}

function toRecord(file: string, { cells, line }: TableRow): ListedRecord {
  const { id = '', name = '' } = cells;
  if (id === '') throw new InputError(`${file} line ${line}: the id is empty.`);
  const tenants = valuesOf(cells.azure_tenant_id);
  return {
    id,
    name,
    ...several('aliases', cells.aliases),
    ...several('domains', cells.domains),
    ...several('phones', cells.phones),
    ...several('postalCodes', cells.postal_codes),
    ...(tenants.length > 0 ? { identifiers: { azure_tenant_id: tenants } } : {}),
    ...(readFlag(file, line, cells.inactive ?? '') ? { inactive: true } : {}),
  };
}

function several<Key extends string>(key: Key, cell: string | undefined): { [K in Key]?: string[] } {
  const values = valuesOf(cell);
  return (values.length > 0 ? { [key]: values } : {}) as { [K in Key]?: string[] };
}

function valuesOf(cell = ''): string[] {
  return cell
    .split(/[|;]/)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function readFlag(file: string, line: number, cell: string): boolean {
  const word = cell.toLowerCase();
  if (YES.has(word)) return true;
  if (NO.has(word)) return false;
  throw new InputError(`${file} line ${line}: inactive is "${cell}"; expected true, false or nothing.`);
}
