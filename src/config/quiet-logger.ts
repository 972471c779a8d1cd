import type { HaloLogger } from './schema.ts';

/**
 * Wraps a caller's logger: missing levels do nothing, and a logger that throws never fails a call.
 *
 * @internal
 */
export function quietLogger(logger: HaloLogger | undefined): Required<HaloLogger> {
  const at =
    (level: keyof HaloLogger): Required<HaloLogger>[keyof HaloLogger] =>
    (message, fields) => {
      try {
        logger?.[level]?.(message, fields);
      } catch {
        // Logging is a courtesy.
      }
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
