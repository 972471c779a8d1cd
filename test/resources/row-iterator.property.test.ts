import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListingRun } from '../../src/resources/listing-run.ts';
import { RowIterator, type RunBatch } from '../../src/resources/row-iterator.ts';
import { stoppable } from '../../src/resources/stoppable.ts';

interface Row {
  readonly id: number;
}

type Rows = AsyncIterableIterator<Row, undefined>;

/** What a consumer, a server and a caller do, one after another. */
const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constant('next') },
    { weight: 4, arbitrary: fc.constantFrom('page of 1', 'page of 2', 'page of 5') },
    { weight: 1, arbitrary: fc.constantFrom('return', 'abort', 'last page', 'failure') },
  ),
  { maxLength: 30 },
);

/** Pages that come when a step says so. */
function scriptedBatches() {
  const run = {
    received: 0,
    readAheads: 0,
    readAhead() {
      run.readAheads += 1;
    },
  };
  const queue: (() => Row[] | null)[] = [];
  let wake = () => {};
  let id = 0;
  const arrive = (answer: () => Row[] | null) => {
    queue.push(answer);
    wake();
  };
  const state = { run, closed: 0 };
  async function* batches(signal: AbortSignal): AsyncGenerator<RunBatch<Row>, void> {
    try {
      for (;;) {
        while (queue.length === 0) {
          await new Promise<void>((resolve, reject) => {
            wake = resolve;
            if (signal.aborted) reject(signal.reason);
            signal.addEventListener('abort', () => reject(signal.reason), { once: true });
          });
        }
        const rows = queue.shift()?.();
        if (!rows) return;
        yield { rows, run: run as unknown as ListingRun<Row> };
      }
    } finally {
      state.closed += 1;
    }
  }
  const page = (size: number) => {
    id += size;
    return Array.from({ length: size }, (_, index) => ({ id: id - size + index + 1 }));
  };
  return { state, batches, arrive, page };
}

/** The plain way to write it, a row a turn of a generator. */
async function* oneByOne(batches: AsyncGenerator<RunBatch<Row>, void>, signal: AbortSignal) {
  for await (const { rows, run } of batches) {
    for (const [index, row] of rows.entries()) {
      signal.throwIfAborted();
      if (index === rows.length >> 1) run.readAhead();
      run.received += 1;
      yield row;
    }
  }
}

async function play(script: readonly string[], makeRows: 'quick' | 'plain'): Promise<unknown> {
  const { state, batches, arrive, page } = scriptedBatches();
  const controller = new AbortController();
  const { signal } = controller;
  const rows: Rows =
    makeRows === 'quick'
      ? new RowIterator(stoppable(batches(signal), controller), signal)
      : (stoppable(oneByOne(batches(signal), signal), controller) as Rows);
  const outcomes: unknown[] = [];
  const note = (promise: Promise<unknown> | undefined) => {
    const at = outcomes.push('pending') - 1;
    promise?.then(
      (value) => (outcomes[at] = value),
      (error) => (outcomes[at] = ['failed', String(error)]),
    );
  };
  const act: Readonly<Record<string, () => void>> = {
    next: () => note(rows.next()),
    return: () => note(rows.return?.()),
    abort: () => controller.abort('the caller left'),
    'last page': () => arrive(() => null),
    failure: () =>
      arrive(() => {
        throw new Error('no answer');
      }),
  };
  const seen: unknown[] = [];
  for (const step of script) {
    const size = /^page of (\d)$/.exec(step)?.[1];
    if (size === undefined) act[step]?.();
    else arrive(() => page(Number(size)));
    await new Promise((resolve) => setImmediate(resolve));
    seen.push([step, structuredClone(outcomes), state.run.received, state.run.readAheads, state.closed]);
  }
  return seen;
}

describe('rows handed over at once', () => {
  it('settle, count, read ahead and end just as a generator of one row a turn would (property)', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        expect(await play(script, 'quick')).toEqual(await play(script, 'plain'));
      }),
      { numRuns: 300 },
    );
  });

  it('keep the order of calls that do not wait for one another', async () => {
    const { batches, arrive, page } = scriptedBatches();
    const controller = new AbortController();
    const rows = new RowIterator(stoppable(batches(controller.signal), controller), controller.signal);
    const asked = [rows.next(), rows.next(), rows.next()];
    arrive(() => page(2));
    arrive(() => page(1));
    expect((await Promise.all(asked)).map(({ value }) => value?.id)).toEqual([1, 2, 3]);
  });

  it('gives a row in hand at once, also when each is asked for as soon as the one before came', async () => {
    const { batches, arrive, page } = scriptedBatches();
    const controller = new AbortController();
    const rows = new RowIterator(stoppable(batches(controller.signal), controller), controller.signal);
    arrive(() => page(5));
    await rows.next();
    for (let taken = 2; taken <= 5; taken += 1) {
      let came: unknown;
      rows.next().then(({ value }) => {
        came = value;
      });
      // A turn more than a promise that is settled needs would be felt in a list of 100,000 rows.
      await Promise.resolve();
      expect(came).toEqual({ id: taken });
    }
  });
});
