/** Signs in to a Halo on the organization's own server: no tenant, a port and a base path, an auth site of its own. */
import { createHaloClient } from 'halo-psa';

const halo = createHaloClient({
  onPremise: true,
  resourceServer: 'https://desk.corp.local:8443/halo',
  authServer: 'https://login.corp.local/haloauth',
  clientId: process.env.HALO_CLIENT_ID ?? '',
  clientSecret: process.env.HALO_CLIENT_SECRET ?? '',
});

for (const team of await halo.teams.list().toArray()) console.log(team.name, team.department_name);
