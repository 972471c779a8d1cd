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
  /** Aborts when nobody looks any more. */
  readonly signal: AbortSignal;
}

/** Reads both sides again and tells of each wait for Halo's rate limit meanwhile, as long as somebody looks. */
export function refreshTable(
  { connection, workspace, acceptVanished, signal }: RefreshRequest,
  onFault: (error: unknown) => void,
): AsyncGenerator<RefreshEvent> {
  return pushedBy(async (push) => {
    try {
      const table = await connection.tellingWaits(
        (text) => push({ kind: 'wait', text }),
        () => workspace.refresh(acceptVanished, signal),
      );
      push({ kind: 'done', table });
    } catch (error) {
      if (!signal.aborted) push({ kind: 'problem', problem: describeProblem(error, onFault).problem });
    }
  });
}
