import type { FetchFunction, HaloConfig } from '../../src/config/schema.ts';
import { createFakeHalo, type FakeHalo, type FakeHaloOptions } from '../../src/testing/index.ts';
import type { VerificationReport, VerificationStage, VerificationStageId } from '../../src/verify/report.ts';
import { type VerifyOptions, verifyConnectionWith } from '../../src/verify-connection.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

/** A request as the network saw it, with its body in the clear. */
export interface SeenRequest {
  readonly url: string;
  readonly body: string;
}

export interface Verified {
  readonly fake: FakeHalo;
  readonly report: VerificationReport;
  readonly seen: readonly SeenRequest[];
  /** Stages as `onStage` was told of them. */
  readonly told: readonly VerificationStage[];
  stage(id: VerificationStageId): VerificationStage;
}

/** A Halo in which nothing is wrong. */
export const HEALTHY: FakeHaloOptions = {
  clients: [
    { id: 10, name: 'Contoso Ltd' },
    { id: 11, name: 'Fabrikam plc', inactive: true },
  ],
  teams: [{ id: 1, name: 'First Line' }],
  agents: [
    { id: 2, name: 'API Agent', isapiagent: true, teams: [{ team_id: 1 }] },
    { id: 3, name: 'Jane Doe', email: 'jane@example.com', teams: [{ team_id: 1 }] },
  ],
};

/** Verifies a fake Halo with its own settings, changed as asked; pauses are skipped. */
export async function verified(
  options: FakeHaloOptions = {},
  changes: Record<string, unknown> = {},
  { timeoutMs, signal }: VerifyOptions = {},
): Promise<Verified> {
  const clock = createVirtualClock({ skipDelaysUpToMs: 1000 });
  const fake = createFakeHalo({ ...HEALTHY, now: clock.nowMs, ...options });
  const seen: SeenRequest[] = [];
  const fetch: FetchFunction = (url, init) => {
    seen.push({ url, body: String(init.body ?? '') });
    return fake.fetch(url, init);
  };
  const config = { ...fake.config, fetch, ...changes } as unknown as HaloConfig;
  const told: VerificationStage[] = [];
  const onStage = (stage: VerificationStage) => told.push(stage);
  const report = await verifyConnectionWith(config, { timeoutMs, signal, onStage }, clock);
  return {
    fake,
    report,
    seen,
    told,
    stage: (id) => {
      const found = report.stages.find((stage) => stage.id === id);
      if (found === undefined) throw new Error(`no stage ${id}`);
      return found;
    },
  };
}
