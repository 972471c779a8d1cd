import { HaloConfigError, type HaloConfigIssue } from '../../src/errors.ts';

/** A hosted Halo as its API Details show it. */
export const CLOUD = {
  resourceServer: 'https://example.halopsa.com',
  clientId: '7d3c9f52-6e2b-4d0f-9a3e-0b8c4f1d2e3a',
  clientSecret: '14c0c9af-2b1d-4c3e-8f5a-canary000001-739e4ef2-5a6b-4c7d-9e8f-canary000002',
  tenantId: 'example',
};

export const ON_PREMISE = {
  resourceServer: 'https://desk.corp.local:8443/halo',
  clientId: CLOUD.clientId,
  clientSecret: CLOUD.clientSecret,
  onPremise: true,
} as const;

/** The issues of the config error that `run` throws. */
export function issuesOf(run: () => unknown): readonly HaloConfigIssue[] {
  try {
    run();
  } catch (error) {
    if (error instanceof HaloConfigError) return error.issues;
    throw error;
  }
  throw new Error('Expected a HaloConfigError');
}
