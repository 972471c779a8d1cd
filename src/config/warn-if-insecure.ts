import type { ResolvedHaloConfig } from './parse-halo-config.ts';

/**
 * Says once, where a client or provider is made, that its secrets travel unencrypted.
 *
 * @internal
 */
export function warnIfInsecure({ insecure, endpoints, logger }: ResolvedHaloConfig): void {
  if (!insecure) return;
  logger.warn?.('Halo is reached over http://: the client secret and every row travel unencrypted', {
    host: endpoints.resourceHost,
  });
}
