import { quietLogger } from '../config/quiet-logger.ts';
import type { HaloLogger } from '../config/schema.ts';

/**
 * Everything an event may say. An allow-list: whatever is not named here cannot reach a log, so no query value, header,
 * body or row ever does.
 */
const FIELDS = [
  'method',
  'path',
  'status',
  'ms',
  'attempt',
  'requestId',
  'reason',
  'waitMs',
  'untilMs',
  'queued',
  'expiresInMs',
] as const;

type FieldName = (typeof FIELDS)[number];

/**
 * What happened: `request` (an attempt was answered, failed or was aborted), `retry` (it will be sent again), `wait`
 * (for the rate limit), `token` (a new token is in use), `drift` (an answer had to be repaired).
 */
export type HaloEventName = 'request' | 'retry' | 'wait' | 'token' | 'drift';

/** Facts of one event; which ones depends on its name. */
export type HaloEventFields = Readonly<Partial<Record<FieldName, string | number | boolean | undefined>>>;

/** Where the layers say what happens. @internal */
export interface HaloEvents {
  emit(name: HaloEventName, fields: HaloEventFields): void;
}

/** The name of the `node:diagnostics_channel` on which every client of the process publishes. */
const CHANNEL = 'halo-psa';
/** A shorter wait is everyday life of a rate limit; a longer one is what a person asks about. */
const NOTABLE_WAIT_MS = 1000;

type Level = 'debug' | 'info' | 'warn';

const LEVELS: Readonly<Record<HaloEventName, Level>> = {
  request: 'debug',
  retry: 'info',
  wait: 'debug',
  token: 'debug',
  drift: 'warn',
};

const MESSAGES: Readonly<Record<HaloEventName, string>> = {
  request: 'Halo request',
  retry: 'Halo request will be sent again',
  wait: 'Waiting for the Halo rate limit',
  token: 'New Halo access token',
  drift: 'Halo answered with something unexpected',
};

/** The part of a diagnostics channel that is used here. */
interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

/** Returns the one place that feeds both the logger and the diagnostics channel. @internal */
export function createEvents(logger: HaloLogger | undefined): HaloEvents {
  const channel = openChannel();
  const quiet = quietLogger(logger);
  return {
    emit(name, fields) {
      const level = levelOf(name, fields);
      const listened = channel?.hasSubscribers === true;
      if (quiet[level] === undefined && !listened) return;
      const allowed = onlyAllowed(fields);
      if (listened) channel.publish({ name, ...allowed });
      quiet[level]?.(MESSAGES[name], allowed);
    },
  };
}

function levelOf(name: HaloEventName, fields: HaloEventFields): Level {
  return name === 'wait' && Number(fields.waitMs ?? 0) > NOTABLE_WAIT_MS ? 'warn' : LEVELS[name];
}

function onlyAllowed(fields: HaloEventFields): Record<string, string | number | boolean> {
  const allowed: Record<string, string | number | boolean> = {};
  for (const name of FIELDS) {
    const value = fields[name];
    if (value !== undefined) allowed[name] = typeof value === 'number' ? Math.round(value) : value;
  }
  return allowed;
}

/** Loaded through `process`, so that bundles for browsers hold no `node:` import. */
function openChannel(): Channel | undefined {
  const host = (globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }).process;
  const module = host?.getBuiltinModule?.('node:diagnostics_channel') as
    | { channel(name: string): Channel }
    | undefined;
  return module?.channel(CHANNEL);
}
