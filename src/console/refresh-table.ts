import type { RefreshEvent } from './api-types.ts';
import { describeProblem } from './console-problem.ts';
import { pushedBy } from './event-stream.ts';
import type { InstanceConnection } from './instance-connection.ts';
import type { Workspace } from './workspace.ts';

/** What a refresh needs. */
export interface RefreshRequest {
  readonly connection: InstanceConnection;
  readonly workspace: Workspace;
  readonly acceptVanished: boolean;
}

/** Reads both sides again and tells of each wait for Halo's rate limit meanwhile. */
export function refreshTable(
  { connection, workspace, acceptVanished }: RefreshRequest,
  onFault: (error: unknown) => void,
): AsyncGenerator<RefreshEvent> {
  return pushedBy(async (push) => {
    const stop = connection.onWait((text) => push({ kind: 'wait', text }));
    try {
      push({ kind: 'done', table: await workspace.refresh(acceptVanished) });
    } catch (error) {
      push({ kind: 'problem', problem: describeProblem(error, onFault).problem });
    } finally {
      stop();
    }
  });
}
