import type { FaultQueue } from './faults.ts';
import type { Layout } from './layout.ts';
import type { ListCache } from './list-cache.ts';
import type { FakeHaloQuirks } from './quirks.ts';
import type { RateWindow } from './rate-window.ts';
import type { Tables } from './tables.ts';
import type { IssuedTokens } from './tokens.ts';

/** The values of the API application. */
export interface FakeHaloCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Everything one fake Halo knows; nothing of it is shared with another. @internal */
export interface FakeHaloState {
  readonly layout: Layout;
  readonly credentials: FakeHaloCredentials;
  readonly tables: Tables;
  readonly quirks: FakeHaloQuirks;
  readonly tokens: IssuedTokens;
  readonly faults: FaultQueue;
  readonly rateWindow: RateWindow;
  readonly lists: ListCache;
  readonly nowMs: () => number;
}
