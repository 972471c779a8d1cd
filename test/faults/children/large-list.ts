// Lists so many rows of 2 kB and prints how many came; meant for --max-old-space-size=64.
import { createHaloClient } from '../../../src/halo-client.ts';
import { createRateBudget } from '../../../src/http/rate-budget.ts';

const rows = Number(process.argv[2]);
const PAGE = 100;
const NOTES = 'n'.repeat(1900);
const JSON_TYPE = { headers: { 'content-type': 'application/json' } };

function page(number: number): string {
  const clients = Array.from({ length: Math.min(PAGE, rows - (number - 1) * PAGE) }, (_, index) => ({
    id: (number - 1) * PAGE + index + 1,
    name: `Customer ${index}`,
    notes: `${number}.${index} ${NOTES}`,
  }));
  return JSON.stringify({ record_count: rows, clients });
}

await using halo = createHaloClient({
  resourceServer: 'halo.example',
  clientId: 'id',
  clientSecret: 'a-secret-of-the-list',
  tenantId: 'acme',
  rateBudget: createRateBudget({ requests: Number.POSITIVE_INFINITY }),
  fetch: async (address) => {
    const url = new URL(address);
    const token = '{"access_token":"list","token_type":"Bearer","expires_in":3600}';
    const body = url.pathname.endsWith('/token') ? token : page(Number(url.searchParams.get('page_no')));
    return new Response(body, JSON_TYPE);
  },
});

let received = 0;
for await (const client of halo.clients.list()) received += client.notes?.length ? 1 : 0;
process.stdout.write(`${received} ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)}\n`);
