import { asAddress, type Layout } from './layout.ts';
import type { FakeHaloCredentials } from './state.ts';

/** Settings of a client for a fake Halo in the cloud. */
export interface FakeHaloCloudConfig extends FakeHaloCredentials {
  readonly resourceServer: string;
  readonly tenantId: string;
  /** Left out where it is the resource server's own. */
  readonly authServer?: string;
}

/** Settings of a client for a fake Halo on a server of one's own. */
export interface FakeHaloOnPremiseConfig extends FakeHaloCredentials {
  readonly resourceServer: string;
  readonly onPremise: true;
  readonly authServer?: string;
  /** Present where the address is `http://`. */
  readonly allowInsecureHttp?: true;
}

/** Settings that `createHaloClient` takes as they are. */
export type FakeHaloConfig = FakeHaloCloudConfig | FakeHaloOnPremiseConfig;

/** Returns the settings that lead to a layout. @internal */
export function cloudConfig(
  layout: Layout & { tenantId: string },
  credentials: FakeHaloCredentials,
): FakeHaloCloudConfig {
  return {
    resourceServer: asAddress(layout.resourceServer).replace('https://', ''),
    tenantId: layout.tenantId,
    ...credentials,
    ...authServerOf(layout),
  };
}

/** Returns the settings that lead to a layout without a tenant. @internal */
export function onPremiseConfig(layout: Layout, credentials: FakeHaloCredentials): FakeHaloOnPremiseConfig {
  const consent = layout.resourceServer.protocol === 'http:' ? { allowInsecureHttp: true as const } : {};
  return {
    resourceServer: asAddress(layout.resourceServer),
    onPremise: true,
    ...consent,
    ...credentials,
    ...authServerOf(layout),
  };
}

function authServerOf({ resourceServer, authServer }: Layout): { authServer?: string } {
  const own = `${asAddress(resourceServer)}/auth`;
  return asAddress(authServer) === own ? {} : { authServer: asAddress(authServer) };
}
