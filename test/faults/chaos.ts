import assert from 'node:assert/strict';
import { sleep } from '../../src/clock.ts';
import { isHaloError } from '../../src/errors.ts';
import type { HaloClient } from '../../src/halo-client.ts';
import { type FaultCase, memoryScenario } from './fault-case.ts';
import {
  fetchFailed,
  grant,
  json,
  type MemoryCall,
  type MemoryContext,
  type MemoryRig,
  type Reply,
  silence,
  status,
} from './memory-rig.ts';
import { clientRow } from './rig.ts';

/** Calls of one run: enough for faults to meet, few enough for thousands of runs. */
const CALLS = 40;
const ROWS = 250;
/** Token, deadline and the longest wait for the rate limit, for a call that meets all of them on every page. */
const LONGEST_CALL_MS = 60_000 + 330_000 + 60_000;

/** What may happen to a request, and whether Halo acts on it first. */
type Fault =
  | 'none'
  | 'reset-before'
  | 'reset-after'
  | 'truncated'
  | 'html'
  | 'silent'
  | '401'
  | '429'
  | '429-timed'
  | '500'
  | '503'
  | '503-timed'
  | 'slow';
const FAULTS: readonly (readonly [Fault, weight: number])[] = [
  ['none', 60],
  ['reset-before', 4],
  ['reset-after', 4],
  ['truncated', 4],
  ['html', 2],
  ['silent', 2],
  ['401', 4],
  ['429', 2],
  ['429-timed', 4],
  ['500', 3],
  ['503', 3],
  ['503-timed', 3],
  ['slow', 5],
];

/** Whole numbers from a seed: a fixed run for every seed, on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39) >>> 0;
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

function pick(next: (below: number) => number): Fault {
  let left = next(FAULTS.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [fault, weight] of FAULTS) {
    left -= weight;
    if (left < 0) return fault;
  }
  return 'none';
}

/** A Halo that breaks at every turn, and remembers what it did. */
function brokenHalo(next: (below: number) => number) {
  const created = new Map<string, number>();
  const sent = new Map<string, number>();
  const act = ({ url, init }: MemoryCall, { canaries }: MemoryContext): Response => {
    if (init.method === 'DELETE') return status(204);
    if (init.method === 'POST') {
      const [row] = JSON.parse(String(init.body)) as Record<string, unknown>[];
      const name = String(row?.name);
      if (row?.id === undefined) created.set(name, (created.get(name) ?? 0) + 1);
      return json({ ...clientRow(canaries, 1), ...row }, 201);
    }
    const id = /\/(\d+)$/.exec(url.pathname)?.[1];
    if (id !== undefined) return json(clientRow(canaries, Number(id)));
    const [size, page] = [Number(url.searchParams.get('page_size')), Number(url.searchParams.get('page_no'))];
    const length = Math.max(0, Math.min(size, ROWS - (page - 1) * size));
    return json({
      record_count: ROWS,
      clients: Array.from({ length }, (_, index) => clientRow(canaries, (page - 1) * size + index + 1)),
    });
  };
  const answers: Record<Fault, (call: MemoryCall, context: MemoryContext) => Response | Promise<Response>> = {
    none: act,
    'reset-before': fails('ECONNRESET'),
    'reset-after': (call, context) => {
      act(call, context);
      return fails('ECONNRESET')(call, context);
    },
    truncated: (call, context) => {
      const whole = act(call, context);
      return new Response(cutBody(), { status: whole.status, headers: whole.headers });
    },
    html: () => status(200, { 'content-type': 'text/html' }, '<!doctype html>'),
    silent: ({ init }) => silence(init.signal),
    '401': () => status(401),
    '429': () => status(429),
    '429-timed': () => status(429, { 'retry-after': String(next(20)) }),
    '500': () => status(500),
    '503': () => status(503),
    '503-timed': () => status(503, { 'retry-after': String(next(30)) }),
    slow: async (call, context) => {
      await answering(next(20_000), call, context);
      return act(call, context);
    },
  };
  const reply: Reply = async (call, context) => {
    await answering(next(200), call, context);
    if (call.init.method === 'POST') {
      const { name } = (JSON.parse(String(call.init.body)) as { name?: string }[])[0] ?? {};
      if (name !== undefined) sent.set(name, (sent.get(name) ?? 0) + 1);
    }
    return answers[pick(next)](call, context);
  };
  return { reply, created, sent };
}

/** A server takes its time; nobody waits for it any longer than the caller. */
function answering(ms: number, { init }: MemoryCall, { clock }: MemoryContext): Promise<void> {
  return sleep(clock, ms, { signal: init.signal ?? undefined });
}

function fails(code: string) {
  return fetchFailed(code) as (call: MemoryCall, context: MemoryContext) => Response;
}

/** A body that breaks off as a connection does. */
function cutBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      controller.error(
        new TypeError('terminated', {
          cause: Object.assign(new Error('closed'), { code: 'UND_ERR_SOCKET' }),
        }),
      );
    },
  });
}

interface Outcome {
  readonly name: string;
  readonly kind: 'created' | 'uncertain' | 'other';
}

/** One call of any kind; says what its caller knows then. */
async function anyCall(halo: HaloClient, next: (below: number) => number, name: string): Promise<Outcome> {
  const kind = next(10);
  if (kind < 4) {
    await halo.clients.create({ name });
    return { name, kind: 'created' };
  }
  if (kind < 7) await halo.clients.get(1 + next(50));
  else if (kind === 7) await halo.clients.update(1 + next(50), { notes: name });
  else if (kind === 8) await halo.clients.delete(1 + next(50));
  else {
    const rows = await halo.clients.list().toArray();
    assert.equal(new Set(rows.map(({ id }) => id)).size, ROWS, 'a listing called complete lacks rows');
  }
  return { name, kind: 'other' };
}

/** One run of random calls against random faults. Whatever happens: nothing doubled, nothing lost in silence. */
export function chaosCase(seed: number): FaultCase {
  return memoryScenario(
    {
      variant: `seed ${seed}`,
      run: (rig) => runChaos(rig, seed),
    },
    { budget: { requests: 100_000 } },
  );
}

async function runChaos(rig: MemoryRig, seed: number): Promise<readonly unknown[]> {
  const next = numbers(seed);
  const halo = brokenHalo(next);
  const tokenReply = grant();
  rig.reply({
    api: [halo.reply],
    token: [
      (call, context) => {
        if (next(10) === 0) return status(503);
        return (tokenReply as (call: MemoryCall, context: MemoryContext) => Response)(call, context);
      },
    ],
  });
  const errors: unknown[] = [];
  const outcomes: Outcome[] = [];
  let longestMs = 0;
  const one = async (index: number) => {
    const name = `chaos ${seed}.${index}`;
    await sleep(rig.clock, next(5000));
    const startMs = rig.clock.monotonicMs();
    const left = next(12) === 0 ? new AbortController() : undefined;
    const cancel = left
      ? rig.clock.schedule(next(3000), () => left.abort(new RangeError('left')))
      : () => undefined;
    try {
      outcomes.push(await anyCall(left ? withSignal(rig.halo, left.signal) : rig.halo, next, name));
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      assert.ok(isHaloError(error) || error === left?.signal.reason, `a foreign error: ${String(error)}`);
      const uncertain = isHaloError(error) && error.code === 'HALO_WRITE_UNCERTAIN';
      // Who leaves a create in flight does not know its outcome either.
      outcomes.push({ name, kind: uncertain || left?.signal.aborted ? 'uncertain' : 'other' });
      errors.push(error);
    } finally {
      cancel();
    }
    longestMs = Math.max(longestMs, rig.clock.monotonicMs() - startMs);
  };
  await rig.settle(Promise.all(Array.from({ length: CALLS }, (_, index) => one(index))));

  assert.ok(longestMs <= 3 * LONGEST_CALL_MS, `a call took ${longestMs} ms`);
  for (const [name, times] of halo.created) assert.equal(times, 1, `${name} was created ${times} times`);
  const known = new Map(outcomes.map((outcome) => [outcome.name, outcome.kind]));
  for (const { name, kind } of outcomes) {
    if (kind === 'created') assert.ok(halo.created.has(name), `${name} was acknowledged and is not there`);
  }
  for (const name of halo.created.keys()) {
    assert.notEqual(known.get(name), 'other', `${name} is there and its caller was told that it failed`);
  }
  // Some of each kind are enough for the search for secrets.
  return [...new Map(errors.map((error) => [(error as { code?: string }).code ?? '', error])).values()];
}

/** The same client with a signal on every call that takes one. */
function withSignal(halo: HaloClient, signal: AbortSignal): HaloClient {
  const { clients } = halo;
  return {
    ...halo,
    clients: {
      get: (id) => clients.get(id, { signal }),
      list: (query) => clients.list(query, { signal }),
      create: (row) => clients.create(row, { signal }),
      update: (id, patch) => clients.update(id, patch, { signal }),
      delete: (id) => clients.delete(id, { signal }),
    },
  } as HaloClient;
}
