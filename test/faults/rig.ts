import { createHaloClientWith, type HaloClient, type HaloClientConfig } from '../../src/halo-client.ts';
import { createRateBudgetWith } from '../../src/http/rate-budget.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';
import type { Canaries } from './canaries.ts';

/** Where a fault happens: a client, and what it talks to. */
export interface Rig {
  readonly clock: VirtualClock;
  readonly canaries: Canaries;
  readonly halo: HaloClient;
  /** Runs virtual time and real input and output until the promise settles. */
  settle<T>(promise: Promise<T>): Promise<T>;
  tokenRequests(): number;
  apiRequests(): number;
  /** Ends the fault: from here on every request is answered as it should be. */
  heal(): void;
  /** What is still open after a case, in words; empty when nothing is. */
  leftovers(): Promise<string[]>;
  close(): Promise<void>;
  /** Lines that the logger was given. */
  readonly lines: unknown[];
}

/** Settings that a case may change. */
export type RigConfig = Partial<HaloClientConfig>;

/** Makes the client of a rig; without a rate limit unless the case is about one. */
export function createRigClient(
  base: HaloClientConfig,
  config: RigConfig,
  clock: VirtualClock,
  lines: unknown[],
): HaloClient {
  const log = (level: string) => (message: string, fields: unknown) =>
    void lines.push({ level, message, fields });
  const rateBudget = createRateBudgetWith(
    { requests: Number.POSITIVE_INFINITY, concurrency: 20_000, maxQueue: 20_000 },
    clock,
  );
  const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  return createHaloClientWith({ rateBudget, logger, ...base, ...config } as HaloClientConfig, clock);
}

/** One turn of the event loop. */
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Lets everything that is ready happen, input and output included. */
export async function turns(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await turn();
}

/** The row that a healthy Halo answers with. */
export function clientRow(canaries: Canaries, id = 1): Record<string, unknown> {
  return { id, name: canaries.row, inactive: false };
}
