import { sleep } from '../../src/clock.ts';
import { json, type MemoryCall, type MemoryContext, status } from './memory-rig.ts';

export interface ModelLimit {
  readonly requests: number;
  readonly windowMs: number;
}

export interface HaloModelOptions {
  /** Rows of the list; a function for a list that changes. */
  readonly rows: number | (() => readonly object[]);
  /** Most rows of a page, whatever is asked for. */
  readonly pageCap?: number;
  /** Whether a page begins where the asked size puts it, though fewer rows are sent. */
  readonly offsetByAskedSize?: boolean;
  readonly latencyMs?: (index: number) => number;
  /** The limit at a moment; none where left out. */
  readonly limit?: (nowMs: number) => ModelLimit;
  /** Whether a refused request counts as well. */
  readonly countsRefused?: boolean;
  /** Requests of another program at a moment, out of the same limit: how many are in the window. */
  readonly others?: (nowMs: number) => number;
  readonly name?: (id: number) => string;
}

export interface HaloModel {
  readonly reply: (call: MemoryCall, context: MemoryContext) => Promise<Response>;
  /** Moments at which a request was refused. */
  readonly refusedAtMs: readonly number[];
  readonly accepted: number;
}

/** A Halo that pages, and limits on arrival with a rolling log. */
export function createHaloModel(options: HaloModelOptions): HaloModel {
  const {
    rows,
    pageCap = 1000,
    latencyMs = () => 1,
    limit,
    countsRefused = false,
    others = () => 0,
  } = options;
  const { name = (id) => `Customer ${id}` } = options;
  const log: number[] = [];
  const refusedAtMs: number[] = [];
  let head = 0;
  let accepted = 0;

  const admits = (nowMs: number): boolean => {
    if (limit === undefined) return true;
    const { requests, windowMs } = limit(nowMs);
    while (head < log.length && (log[head] ?? 0) <= nowMs - windowMs) head += 1;
    const admitted = log.length - head + others(nowMs) < requests;
    if (admitted || countsRefused) log.push(nowMs);
    return admitted;
  };

  const page = (asked: number, number: number): { record_count: number; clients: readonly object[] } => {
    const size = Math.min(asked, pageCap);
    const from = (number - 1) * (options.offsetByAskedSize ? asked : size);
    if (typeof rows === 'function') {
      const all = rows();
      return { record_count: all.length, clients: all.slice(from, from + size) };
    }
    const length = Math.max(0, Math.min(size, rows - from));
    const clients = Array.from({ length }, (_, index) => ({
      id: from + index + 1,
      name: name(from + index + 1),
    }));
    return { record_count: rows, clients };
  };

  return {
    refusedAtMs,
    get accepted() {
      return accepted;
    },
    async reply(call, { clock }) {
      const allMs = latencyMs(call.index);
      // Counted on arrival, half-way through.
      await sleep(clock, allMs / 2);
      const admitted = admits(clock.monotonicMs());
      if (!admitted) refusedAtMs.push(clock.monotonicMs());
      await sleep(clock, allMs / 2);
      if (!admitted) return status(429);
      accepted += 1;
      const { searchParams, pathname } = call.url;
      const id = /\/(\d+)$/.exec(pathname)?.[1];
      if (id !== undefined) return json({ id: Number(id), name: name(Number(id)) });
      const asked = Number(searchParams.get('page_size'));
      return json(page(asked, Number(searchParams.get('page_no'))));
    },
  };
}
