import { type HaloLogger, LOG_LEVELS } from './schema.ts';

/**
 * Wraps a caller's logger: one that throws never fails a call. It has the levels that the caller's has when it is
 * wrapped, so that nobody puts lines together for one that is missing: a level that is added later is not heard. What a
 * level does may change at any time, since it is looked up at each line.
 *
 * @internal
 */
export function quietLogger(logger: HaloLogger | undefined): HaloLogger {
  const quiet: HaloLogger = {};
  for (const level of LOG_LEVELS) {
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
