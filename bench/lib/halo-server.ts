/**
 * A Halo for the benchmark of the client, in a process of its own so that it takes no time of the one that is measured:
 * fixed answers, rendered before. Prints its port.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Rows of the long listing. */
export const LISTED_ROWS = 100_000;
/** What Halo gives at most in one answer. */
export const PAGE_SIZE = 100;
/** The customer that is fetched by id. */
export const CLIENT_ID = 12;

function row(id: number) {
  return {
    id,
    name: `Customer ${id} Ltd`,
    toplevel_id: 1,
    toplevel_name: 'All customers',
    inactive: false,
    colour: '#E27300',
    use: 'client',
    client_to_invoice: 0,
    stopped: 0,
    customertype: 0,
    ref: `REF-${id}`,
    ticket_invoices_for_each_site: false,
    main_site_name: 'Main',
    website: `https://www.customer-${id}.example`,
    lastmodifieddate: '2026-10-03T06:24:10.967',
  };
}

function pages(): Map<string, Buffer> {
  const rendered = new Map<string, Buffer>();
  for (let page = 1; page <= LISTED_ROWS / PAGE_SIZE; page += 1) {
    const clients = Array.from({ length: PAGE_SIZE }, (_, index) => row((page - 1) * PAGE_SIZE + index + 1));
    const body = { page_no: page, page_size: PAGE_SIZE, record_count: LISTED_ROWS, clients };
    rendered.set(String(page), Buffer.from(JSON.stringify(body)));
  }
  return rendered;
}

if (import.meta.main) {
  const one = Buffer.from(JSON.stringify(row(CLIENT_ID)));
  const token = Buffer.from(
    JSON.stringify({ access_token: 'x'.repeat(900), token_type: 'Bearer', expires_in: 3600 }),
  );
  const listed = pages();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const body = bodyFor(url);
    request.resume();
    response.writeHead(body ? 200 : 404, {
      'content-type': 'application/json',
      'content-length': body?.length ?? 0,
    });
    response.end(body);
  });
  const bodyFor = (url: URL) => {
    if (url.pathname === '/auth/token') return token;
    if (url.pathname === `/api/Client/${CLIENT_ID}`) return one;
    return url.pathname === '/api/Client' ? listed.get(url.searchParams.get('page_no') ?? '1') : undefined;
  };
  server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}
