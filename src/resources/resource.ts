import { HaloWriteUncertainError } from '../errors.ts';
import { checkedId, type HaloPath } from '../http/path.ts';
import type { CallOptions, HaloAnswer, HaloRequest, QueryValue, Transport } from '../http/request.ts';
import { createListing, type Listing, type ListOptions } from './listing.ts';
import { type CommonQuery, type ParameterTable, toParameters } from './parameters.ts';
import { type RowReader, readRow, readRows } from './read-answer.ts';
import { toWriteBody } from './write-body.ts';

/** Everything that sets one kind of row apart. @internal */
export interface ResourceDescriptor<Row extends { id: number }, Query extends CommonQuery>
  extends ResourceNames,
    RowReader<Row> {
  readonly listPath: HaloPath;
  readonly rowPath: (id: number) => HaloPath;
  readonly parameters: ParameterTable<Query>;
  /** Options that are sent also when the caller says nothing. */
  readonly defaults: Partial<Query>;
}

interface ResourceNames {
  /** Name on the client and of the list in Halo's envelope: `clients`. */
  readonly name: string;
  /** One of them, in messages: `client`. */
  readonly singular: string;
  /** How to find a row by what a create sent, when nobody knows whether it happened. */
  readonly createLookup: string;
}

/** Options of `get`. */
export interface GetOptions extends CallOptions {
  /** Whether Halo adds what is stored beside the row: custom fields, teams, addresses, links. @default true */
  readonly includeDetails?: boolean | undefined;
}

/** The calls that every kind of row has. */
export interface Resource<Row extends { id: number }, Query extends CommonQuery, Create, Update> {
  /**
   * Returns a lazy listing of all rows that fit the query; nothing is sent before it is consumed.
   *
   * @throws {TypeError} when a name in the query or the options is unknown, or its value of a wrong type
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient } from 'halo-psa';
   *
   * const halo = createHaloClient(configFromEnv());
   * const listing = halo.clients.list({ search: 'Contoso', includeInactive: true });
   * for await (const client of listing) console.log(client.id, client.name);
   * console.log(listing.report?.complete);
   * ```
   */
  list(query?: Query, options?: ListOptions): Listing<Row>;
  /**
   * Returns one row.
   *
   * @throws {TypeError} when the id is not a whole number above 0
   * @throws {HaloNotFoundError} when Halo has no such row
   * @throws {HaloResponseError} when the answer is not such a row
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient } from 'halo-psa';
   *
   * const halo = createHaloClient(configFromEnv());
   * const client = await halo.clients.get(12);
   * console.log(client.name, client.website);
   * ```
   */
  get(id: number, options?: GetOptions): Promise<Row>;
  /**
   * Creates one row and returns it as Halo stored it.
   *
   * @throws {TypeError} when the row holds an id: Halo would update that row
   * @throws {HaloValidationError} when Halo refuses the contents
   * @throws {HaloWriteUncertainError} when nobody knows whether it was created; never sent again by itself
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient } from 'halo-psa';
   *
   * const halo = createHaloClient(configFromEnv());
   * const client = await halo.clients.create({ name: 'Contoso Ltd', website: 'contoso.com' });
   * console.log(client.id);
   * ```
   */
  create(row: Create, options?: CallOptions): Promise<Row>;
  /**
   * Changes the given fields of one row, leaves the others, and returns the row as Halo stored it.
   *
   * @throws {TypeError} when the id is not a whole number above 0, or the patch holds one
   * @throws {HaloValidationError} when Halo refuses the contents
   * @throws {HaloWriteUncertainError} when nobody knows whether it was changed
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient } from 'halo-psa';
   *
   * const halo = createHaloClient(configFromEnv());
   * await halo.clients.update(12, { website: 'https://contoso.com' });
   * ```
   */
  update(id: number, patch: Update, options?: CallOptions): Promise<Row>;
}

/**
 * The same for rows that may be deleted. Agents and teams are switched off instead (`isdisabled`, `inactive`): tickets
 * and their history keep naming them.
 */
export interface DeletableResource<Row extends { id: number }, Query extends CommonQuery, Create, Update>
  extends Resource<Row, Query, Create, Update> {
  /**
   * Deletes one row for good. Halo keeps its history better when the row is made inactive with `update` instead.
   *
   * @throws {TypeError} when the id is not a whole number above 0
   * @throws {HaloNotFoundError} when Halo has no such row
   * @throws {HaloWriteUncertainError} when nobody knows whether it was deleted
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient } from 'halo-psa';
   *
   * const halo = createHaloClient(configFromEnv());
   * await halo.clients.delete(12);
   * ```
   */
  delete(id: number, options?: CallOptions): Promise<void>;
}

/** Makes the calls of one kind of row. @internal */
export function createResource<Row extends { id: number }, Query extends CommonQuery, Create, Update>(
  transport: Transport,
  descriptor: ResourceDescriptor<Row, Query>,
): Resource<Row, Query, Create, Update> {
  const get = async (id: number, { includeDetails = true, ...call }: GetOptions = {}) => {
    const row = { id: checkedId(id), operation: operationOf(descriptor, 'get') };
    const request = { method: 'GET', path: descriptor.rowPath(row.id), effect: 'read' } as const;
    const query = includeDetails ? { includedetails: true } : undefined;
    const answer = await transport.send({ ...request, query }, call);
    return readRow(descriptor, answer, row);
  };

  return {
    get,

    list(query = {} as Query, options = {}) {
      const parameters = toParameters(query, descriptor.parameters, descriptor.defaults);
      const operation = operationOf(descriptor, 'list');
      const readPage = async (page: number, size: number, call: CallOptions) => {
        const query = { ...parameters, ...paging(page, size) };
        const answer = await transport.send(
          { method: 'GET', path: descriptor.listPath, effect: 'read', query },
          call,
        );
        return readRows(descriptor, answer, operation);
      };
      return createListing({ readPage, operation }, options);
    },

    async create(row, options) {
      const request = createRequest(descriptor, row);
      const answer = await transport.send(request, options);
      if (answer.value === undefined) throw createdBlindly(descriptor, request, answer);
      const hint = `Halo accepted the write: do not send it again. ${request.lookup}.`;
      return readRow(descriptor, answer, { operation: operationOf(descriptor, 'create'), hint });
    },

    async update(id, patch, options) {
      const request = updateRequest(descriptor, checkedId(id), patch);
      const answer = await transport.send(request, options);
      if (answer.value === undefined) return get(id, options);
      const hint = `Halo accepted the write. ${request.lookup}.`;
      return readRow(descriptor, answer, { id, operation: operationOf(descriptor, 'update'), hint });
    },
  };
}

/** Makes the calls of a kind of row that may be deleted. @internal */
export function createDeletableResource<
  Row extends { id: number },
  Query extends CommonQuery,
  Create,
  Update,
>(
  transport: Transport,
  descriptor: ResourceDescriptor<Row, Query>,
): DeletableResource<Row, Query, Create, Update> {
  return {
    ...createResource<Row, Query, Create, Update>(transport, descriptor),

    async delete(id, options) {
      const path = descriptor.rowPath(checkedId(id));
      await transport.send(
        { method: 'DELETE', path, effect: 'delete', lookup: rowLookup(descriptor) },
        options,
      );
    },
  };
}

type Target = ResourceNames & { readonly listPath: HaloPath };

function createRequest(target: Target, row: unknown): HaloRequest & { lookup: string } {
  const body = [toWriteBody(row, target.singular)];
  const lookup = `${target.createLookup} shows whether the ${target.singular} was created`;
  return { method: 'POST', path: target.listPath, effect: 'create', body, lookup };
}

function updateRequest(target: Target, id: number, patch: unknown): HaloRequest & { lookup: string } {
  const body = [{ id, ...toWriteBody(patch, 'patch') }];
  return { method: 'POST', path: target.listPath, effect: 'update', body, lookup: rowLookup(target) };
}

/** Halo pages only if told so by this name, and ignores the other two without it. */
function paging(page: number, size: number): Record<string, QueryValue> {
  return { pageinate: true, page_size: size, page_no: page };
}

function rowLookup({ name, singular }: ResourceNames): string {
  return `halo.${name}.get(id) shows the ${singular} as Halo has it`;
}

function operationOf({ name }: ResourceNames, verb: string): string {
  return `halo.${name}.${verb}()`;
}

function createdBlindly(
  names: ResourceNames,
  { method, path, lookup }: HaloRequest & { lookup: string },
  { context }: HaloAnswer,
): HaloWriteUncertainError {
  return new HaloWriteUncertainError({
    code: 'HALO_WRITE_UNCERTAIN',
    summary: `${operationOf(names, 'create')} was answered with an empty body, so the new id is unknown`,
    hint: `Look before writing again: ${lookup}.`,
    method,
    path: path.template,
    ...context,
    lookup,
  });
}
