// Makes one call, says how it ended as one line of JSON, and does nothing to end the process.
import { inspect } from 'node:util';
import { createHaloClient } from '../../../src/halo-client.ts';

interface Order {
  readonly config: Parameters<typeof createHaloClient>[0];
  /** `read`; `abort`: leaves after 50 ms; `close`: closes the client after 50 ms; `using`: leaves its block. */
  readonly how: 'read' | 'abort' | 'close' | 'using';
}

const { config, how } = JSON.parse(process.argv[2] ?? '') as Order;
const soonMs = 50;

async function read(): Promise<unknown> {
  const halo = createHaloClient(config);
  const options = how === 'abort' ? { signal: AbortSignal.timeout(soonMs) } : {};
  const call = halo.clients.get(1, options);
  if (how === 'close') setTimeout(() => void halo.close(), soonMs);
  return call;
}

async function readWithin(): Promise<unknown> {
  await using halo = createHaloClient(config);
  return await halo.clients.get(1);
}

const ending = await (how === 'using' ? readWithin() : read()).then(
  (value) => ({ value }),
  (error: Error & { code?: string; hint?: string }) => ({
    name: error.name,
    code: error.code,
    hint: error.hint,
    message: error.message,
    text: inspect(error, { depth: 12, showHidden: true }),
  }),
);
process.stdout.write(`${JSON.stringify(ending)}\n`);
