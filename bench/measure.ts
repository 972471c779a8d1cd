/**
 * Measures one matcher on generated lists in a process of its own and prints one line of JSON. Started by
 * `bench/mapping.ts`; by hand: `node bench/measure.ts --matcher halo-psa --size 2000`.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { NamedRow } from './labelled-sets.ts';
import { cleanName } from './lib/clean-name.ts';
import { generatedLists } from './lib/generated-lists.ts';

/** What a child process found. */
export interface Measurement {
  readonly ms: number;
  /** Highest resident memory of the whole process. */
  readonly peakMegabytes: number;
  /** Resident memory with the lists and before the matcher was loaded. */
  readonly startMegabytes: number;
  /** Longest time that the event loop waited; only of the asynchronous form. */
  readonly longestHoldMs?: number;
}

interface Lists {
  readonly organizations: readonly NamedRow[];
  readonly customers: readonly NamedRow[];
}

/** `lists.mjs` of the data folder where there is one, else our own generator. */
export async function listsOf(size: number, folder: string | undefined): Promise<Lists> {
  const file = folder === undefined ? '' : join(resolve(folder), 'lists.mjs');
  if (!existsSync(file)) return generatedLists(size);
  const { lists } = await import(pathToFileURL(file).href);
  const { left, right } = lists(size);
  return { organizations: left, customers: right };
}

/**
 * Waits for work that lets the event loop turn, and returns the longest time between two turns: of this thread's processor
 * time, since other programs may stop it at any moment.
 */
async function longestHold(work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = process.threadCpuUsage();
  let isDone = false;
  const turn = () => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.threadCpuUsage();
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await work;
  isDone = true;
  return longest;
}

async function matcherOf(id: string, folder: string | undefined): Promise<(lists: Lists) => unknown> {
  const ours = /^halo-psa (\d+)$/.exec(id);
  if (ours) {
    const { suggestMappings } = await import('../src/mapping/suggest-mappings.ts');
    const options = { maxCandidates: Number(ours[1]) };
    return ({ organizations, customers }) => suggestMappings(organizations, customers, options);
  }
  if (id === ASYNC_MATCHER) {
    const { suggestMappingsAsync } = await import('../src/mapping/suggest-mappings.ts');
    return ({ organizations, customers }) =>
      suggestMappingsAsync(organizations, customers, { maxCandidates: 1 });
  }
  if (id === 'tfidf3.mjs') {
    const { match } = await import(pathToFileURL(join(resolve(folder!), 'tfidf3.mjs')).href);
    return ({ organizations, customers }) => match(organizations, customers);
  }
  const { tfidfTrigrams } = await import('./matchers/tfidf-trigrams.ts');
  const { PEERS } = id === tfidfTrigrams.id ? { PEERS: [] } : await import('./matchers/peers.ts');
  const matcher = [tfidfTrigrams, ...PEERS].find((each) => each.id === id);
  if (!matcher) throw new Error(`no matcher is called "${id}"`);
  return ({ organizations, customers }) => {
    const names = organizations.map(({ name }) => cleanName(name));
    const find = matcher.prepare(
      customers.map(({ name }) => cleanName(name)),
      names,
    );
    return names.map(find);
  };
}

/** The engine in slices, watched for how long it holds the event loop. */
export const ASYNC_MATCHER = 'halo-psa async';

const BYTES_PER_MEGABYTE = 1_000_000;

if (import.meta.main) {
  const { values } = parseArgs({
    options: { matcher: { type: 'string' }, size: { type: 'string' }, data: { type: 'string' } },
  });
  const lists = await listsOf(Number(values.size), values.data);
  const startBytes = process.memoryUsage.rss();
  const run = await matcherOf(values.matcher ?? '', values.data);
  const startedAt = performance.now();
  const result = run(lists);
  const longestHoldMs = result instanceof Promise ? await longestHold(result) : undefined;
  const measurement: Measurement = {
    ms: performance.now() - startedAt,
    // Linux and macOS under Node both give kibibytes here.
    peakMegabytes: (process.resourceUsage().maxRSS * 1024) / BYTES_PER_MEGABYTE,
    startMegabytes: startBytes / BYTES_PER_MEGABYTE,
    ...(longestHoldMs === undefined ? {} : { longestHoldMs }),
  };
  if (result === undefined) throw new Error('the matcher returned nothing');
  console.log(JSON.stringify(measurement));
}
