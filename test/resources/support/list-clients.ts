import { expect } from 'vitest';
import { type Client, type ClientQuery, clientDescriptor } from '../../../src/resources/clients.ts';
import type { ListOptions } from '../../../src/resources/listing.ts';
import { createResource } from '../../../src/resources/resource.ts';
import { rowsOf } from './model-halo.ts';
import { type Answer, scriptedTransport } from './scripted-transport.ts';

/** A listing of customers from answers that the test gives, and the transport it reads through. */
export function list(answer: Answer, options?: ListOptions, query?: ClientQuery) {
  const transport = scriptedTransport(answer);
  const clients = createResource<Client, ClientQuery, never, never>(transport, clientDescriptor);
  return { transport, listing: clients.list(query, options) };
}

export const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);
export const idsTo = (size: number) => ids(rowsOf(size));
export const envelope = (rows: unknown[], record_count?: unknown) => ({ record_count, clients: rows });
export const row = (id: number | null) => ({ id, name: `Customer ${id}` });

/** What a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it resolved'),
    (error: unknown) => error,
  );
}
