/** Reads every customer and checks that none is missing; goes on where it stopped if some are. */
import { configFromEnv, createHaloClient, HaloListingError } from 'halo-psa';

const halo = createHaloClient(configFromEnv());
const query = { includeInactive: true };
const listing = halo.clients.list(query);

try {
  for await (const client of listing)
    console.log(client.id, client.name, client.inactive ? '(inactive)' : '');
  console.log(listing.report);
} catch (error) {
  if (!(error instanceof HaloListingError)) throw error;
  const { received, expected, cursor } = error.report;
  console.error(`${received} of ${expected ?? 'an unknown number of'} customers were read.`);
  // The cursor can be kept; a later run with the same query begins where this one ended.
  if (cursor !== null)
    for await (const client of halo.clients.list(query, { from: cursor })) console.log(client.id);
}
