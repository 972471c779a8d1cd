/** Reads every customer, also those that an interrupted run left unread, and proves that none is missing. */
import { configFromEnv, createHaloClient, HaloListingError } from 'halo-psa';

const halo = createHaloClient(configFromEnv());
const listing = halo.clients.list({ includeInactive: true });

try {
  for await (const client of listing)
    console.log(client.id, client.name, client.inactive ? '(inactive)' : '');
  console.log(listing.report);
} catch (error) {
  if (!(error instanceof HaloListingError)) throw error;
  const { received, expected, cursor } = error.report;
  console.error(`${received} of ${expected ?? 'an unknown number of'} customers were read.`);
  // The cursor can be kept; a later run begins where this one ended.
  if (cursor !== null)
    for await (const client of halo.clients.list({}, { from: cursor })) console.log(client.id);
}
