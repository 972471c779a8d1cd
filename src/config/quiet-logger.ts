import type { HaloLogger } from './schema.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const satisfies (keyof HaloLogger)[];

/**
 * Wraps a caller's logger: one that throws never fails a call. It has the levels that the caller's has, so that nobody
 * puts lines together for one that is missing.
 *
 * @internal
 */
export function quietLogger(logger: HaloLogger | undefined): HaloLogger {
  const quiet: HaloLogger = {};
  for (const level of LEVELS) {
    if (typeof logger?.[level] !== 'function') continue;
    quiet[level] = (message, fields) => {
      try {
        logger[level]?.(message, fields);
      } catch {
        // Logging is a courtesy.
      }
    };
  }
  return quiet;
}
