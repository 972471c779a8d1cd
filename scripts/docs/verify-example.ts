/** The verification that docs/verify.md shows: an agent that is limited to five of eight customers. */
import { createHaloClient, formatVerification } from '../../src/index.ts';
import { createFakeHalo } from '../../src/testing/index.ts';

const customers = ['Contoso Ltd', 'Fabrikam Inc', 'Northwind Traders', 'Alpine Ski House', 'Woodgrove Bank'];
const others = ['Adatum', 'Proseware', 'Tailspin Toys'];
const people = Array.from({ length: 14 }, (_, index) => ({ id: 20 + index, name: `Agent ${index + 1}` }));

const fake = createFakeHalo({
  resourceServer: 'https://example.halopsa.com',
  tenantId: 'example',
  clients: [...customers, ...others].map((name, index) => ({ id: 101 + index, name })),
  restrictedToClients: customers.map((_, index) => 101 + index),
  teams: ['1st Line', '2nd Line', 'Projects'].map((name) => ({ name })),
  agents: [{ id: 12, name: 'API Agent', isapiagent: true }, ...people],
});
const halo = createHaloClient({ ...fake.config, fetch: fake.fetch });
// The time it took is all that differs from one run to the next.
console.log(formatVerification({ ...(await halo.verify()), elapsedMs: 412 }));
