// Prints by how many MiB the heap grew over so many requests, after a warm-up of a tenth of them (--expose-gc).
import { createHaloClient } from '../../../src/halo-client.ts';
import { createRateBudget } from '../../../src/http/rate-budget.ts';

const requests = Number(process.argv[2]);
const TOKEN = '{"access_token":"soak","token_type":"Bearer","expires_in":3600}';
const ROW = '{"id":1,"name":"Northwind","inactive":false}';
const JSON_TYPE = { headers: { 'content-type': 'application/json' } };
/** Callers at one time. */
const LANES = 16;

await using halo = createHaloClient({
  resourceServer: 'halo.example',
  clientId: 'id',
  clientSecret: 'a secret of the soak'.replaceAll(' ', '-'),
  tenantId: 'acme',
  rateBudget: createRateBudget({ requests: Number.POSITIVE_INFINITY, concurrency: LANES }),
  fetch: async (url) => {
    // An answer comes with the next turn of the event loop at the earliest; finalizers of the platform run between turns.
    await new Promise((resolve) => setImmediate(resolve));
    return new Response(url.includes('/token') ? TOKEN : ROW, JSON_TYPE);
  },
});

const { signal } = new AbortController();

async function run(count: number): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left-- > 0) await halo.clients.get(1, { signal });
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function heapUsed(): Promise<number> {
  for (let index = 0; index < 5; index += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

await run(Math.ceil(requests / 10));
const before = await heapUsed();
await run(requests);
process.stdout.write(`${((await heapUsed()) - before) / 2 ** 20}\n`);
