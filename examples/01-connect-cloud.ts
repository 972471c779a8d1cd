/** Signs in to a hosted Halo with the values of *API Details* and tells who the agent behind the application is. */
import { createHaloClient } from 'halo-psa';

const halo = createHaloClient({
  resourceServer: 'example.halopsa.com',
  tenantId: 'example',
  clientId: process.env.HALO_CLIENT_ID ?? '',
  clientSecret: process.env.HALO_CLIENT_SECRET ?? '',
});

const me = await halo.agents.me();
console.log(`Signed in as ${me.name}`);
