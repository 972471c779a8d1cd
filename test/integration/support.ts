import { createHaloClientWith, type HaloClient, type HaloClientConfig } from '../../src/halo-client.ts';
import { createFakeHalo, type FakeHalo, type FakeHaloOptions } from '../../src/testing/index.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';

/** Pauses between attempts and waits for the rate limit are skipped; the limit of one attempt, 30 s, is not. */
const SKIPPED_PAUSE_MS = 29_999;

export interface Setup {
  readonly fake: FakeHalo;
  readonly halo: HaloClient;
  readonly clock: VirtualClock;
  /** Method, path and status of every request to the API, in order. */
  apiCalls(): string[];
  /** How often a token was asked for. */
  tokenRequests(): number;
}

/** The assembled client over a fake Halo, with a clock of its own. */
export function setUp(options: FakeHaloOptions = {}, settings: Partial<HaloClientConfig> = {}): Setup {
  const clock = createVirtualClock({ skipDelaysUpToMs: SKIPPED_PAUSE_MS });
  const fake = createFakeHalo({ now: clock.nowMs, ...options });
  const config = { ...fake.config, fetch: fake.fetch, ...settings } as HaloClientConfig;
  return {
    fake,
    clock,
    halo: createHaloClientWith(config, clock),
    apiCalls: () =>
      fake.requests
        .filter(({ area }) => area === 'api')
        .map(({ method, path, status }) => `${method} ${path.replace(/^.*\/api\//, '/')} ${status}`),
    tokenRequests: () => fake.requests.filter(({ path }) => path.endsWith('/token')).length,
  };
}

/** What a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it resolved');
    },
    (error: unknown) => error,
  );
}
