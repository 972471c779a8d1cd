import { type Answer, empty, exceptionError, json } from './answers.ts';
import { readWriteBody, type WriteRow } from './request-body.ts';
import type { Resource } from './resources.ts';
import type { FakeCustomFieldValue, FakeRow } from './rows.ts';
import type { FakeHaloState } from './state.ts';
import { isVisible, visibleClients } from './visibility.ts';

/** Fields that Halo takes with a new customer and keeps elsewhere. */
const FIRST_SITE_FIELDS = ['newclient_sitename', 'newclient_contactname', 'newclient_contactemail'] as const;

/** Answers `POST /X`: an array in, one object out. @internal */
export function answerWrite(
  state: FakeHaloState,
  resource: Resource,
  body: string,
  contentType: string | null,
): Answer {
  if (!resource.writing) return empty(405);
  const read = readWriteBody(body, contentType, resource.writing.integers);
  if ('refusal' in read) return read.refusal;
  // All elements are checked before the first is stored; whether Halo rolls back is not known.
  for (const row of read.rows) {
    const refusal = row.id === undefined ? missingField(resource, row) : unknownRow(state, resource, row);
    if (refusal) return refusal;
  }
  const stored = read.rows.map((row) => store(state, resource, row));
  return writeAnswer(state, resource, stored);
}

/** Answers `DELETE /X/{id}` with the row that is gone. @internal */
export function answerDelete(state: FakeHaloState, resource: Resource, id: number): Answer {
  if (!resource.writing) return empty(405);
  const table = resource.tableOf(state.tables);
  const row = table.peek(id);
  if (!row) return empty(404);
  const body = detailOf(state, resource, row);
  table.delete(id);
  return json(body);
}

/** Halo reports one missing field at a time. */
function missingField({ writing }: Resource, row: WriteRow): Answer | undefined {
  const missing = writing?.mandatory.find(
    ([field]) => row[field] === undefined || row[field] === null || row[field] === '',
  );
  return missing && exceptionError(missing[1]);
}

function unknownRow(state: FakeHaloState, resource: Resource, { id }: WriteRow): Answer | undefined {
  const row = resource.tableOf(state.tables).peek(id ?? 0);
  if (!row) return empty(404);
  const clientId = resource.clientIdOf?.(row, state.tables);
  const hidden = resource.clientIdOf && !isVisible(clientId, visibleClients(state));
  return hidden ? empty(403) : undefined;
}

function store(state: FakeHaloState, resource: Resource, row: WriteRow): FakeRow {
  const table = resource.tableOf(state.tables);
  const fields = storable(row);
  if (row.id === undefined) return create(state, resource, row, fields);
  const current = table.peek(row.id);
  const customfields = mergeCustomFields(current?.customfields, row.customfields);
  return table.set(row.id, customfields ? { ...fields, customfields } : fields);
}

function create(state: FakeHaloState, resource: Resource, row: WriteRow, fields: WriteRow): FakeRow {
  const table = resource.tableOf(state.tables);
  const dates = resource.name === 'Client' ? { datecreated: haloTime(state.nowMs()) } : {};
  const siteName = row.newclient_sitename;
  const site = typeof siteName === 'string' && siteName !== '' ? { main_site_name: siteName } : {};
  const created = table.add({ ...dates, ...site, ...fields });
  return resource.name === 'Client' ? addFirstContact(state, created, row) : created;
}

function addFirstContact({ tables }: FakeHaloState, client: FakeRow, row: WriteRow): FakeRow {
  const name = row.newclient_contactname;
  if (typeof name !== 'string' || name === '') return client;
  const email = typeof row.newclient_contactemail === 'string' ? row.newclient_contactemail : '';
  const siteId = tables.clients.peek(client.id)?.main_site_id ?? 0;
  const contact = tables.users.add({ name, emailaddress: email, site_id: siteId });
  return tables.clients.set(client.id, {
    main_contact_id: contact.id,
    main_contact_name: name,
    main_contact_email: email,
  });
}

/** Leaves out what Halo takes as a command, and what it works out itself. */
function storable(row: WriteRow): WriteRow {
  const commands: ReadonlySet<string> = new Set([...FIRST_SITE_FIELDS, 'key', 'use', 'table', '__proto__']);
  return Object.fromEntries(
    Object.entries(row).filter(([field]) => !commands.has(field) && !/^(_|newclient_|new_)/.test(field)),
  );
}

/** Values of custom fields are merged by id or name; those not sent stay. */
function mergeCustomFields(current: unknown, sent: unknown): FakeCustomFieldValue[] | undefined {
  if (!Array.isArray(sent)) return undefined;
  const merged = [...((current ?? []) as readonly FakeCustomFieldValue[])];
  for (const value of sent as readonly FakeCustomFieldValue[]) {
    const index = merged.findIndex(({ id, name }) =>
      value.id === undefined ? name === value.name : id === value.id,
    );
    if (index === -1) merged.push(value);
    else merged[index] = { ...merged[index], ...value };
  }
  return merged;
}

function detailOf(state: FakeHaloState, resource: Resource, row: FakeRow) {
  return resource.view(row, { state, query: new Map([['includedetails', 'true']]), detail: true });
}

function writeAnswer(state: FakeHaloState, resource: Resource, rows: readonly FakeRow[]): Answer {
  const { writeAnswer: shape, writeStatus } = state.quirks;
  const bodies = rows.map((row) => detailOf(state, resource, row));
  if (shape === 'empty') return empty(writeStatus);
  if (shape === 'envelope') {
    const name = resource.envelope ?? `${resource.name.toLowerCase()}s`;
    return json({ record_count: bodies.length, [name]: bodies }, writeStatus);
  }
  const single = shape === 'object' && bodies.length === 1;
  return json(single ? bodies[0] : bodies, writeStatus);
}

/** Halo's times have no zone and mean UTC. */
function haloTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace('Z', '');
}
