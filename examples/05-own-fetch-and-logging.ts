/** Trusts a private certificate authority through undici's own fetch, and writes what the SDK does to the console. */
import { readFileSync } from 'node:fs';
import { configFromEnv, createHaloClient, type FetchFunction } from 'halo-psa';
import { Agent, fetch as undiciFetch } from 'undici';

const dispatcher = new Agent({ connect: { ca: readFileSync('corporate-ca.pem', 'utf8') } });
// The two fetch declarations differ in name only.
const fetch = ((url, init) => undiciFetch(url, { ...(init as object), dispatcher })) as FetchFunction;

const halo = createHaloClient({ ...configFromEnv(), fetch, logger: console });
console.log(await halo.clients.get(42));
