import type { SettingsForm, VerifyEvent } from './api-types.ts';
import { describeProblem } from './console-problem.ts';
import { pushedBy } from './event-stream.ts';
import type { InstanceConnection, KeepOptions } from './instance-connection.ts';

/** A settings form, and what is kept of it. */
export interface SaveRequest extends KeepOptions {
  readonly form: SettingsForm;
}

/** Verifies and says so stage by stage; what works is written where that was asked for. */
export function saveSettings(
  connection: InstanceConnection,
  { form, ...keep }: SaveRequest,
  onFault: (error: unknown) => void,
): AsyncGenerator<VerifyEvent> {
  const describe = (error: unknown) => describeProblem(error, onFault).problem;
  return pushedBy(async (push) => {
    try {
      const report = await connection.save(form, (stage) => push({ kind: 'stage', stage }));
      // Settings that work are in use, whether or not they could be written.
      const kept = report.ok
        ? await connection.keep(keep).then(
            (written) => ({ written, problem: null }),
            (error: unknown) => ({ written: null, problem: describe(error) }),
          )
        : { written: null, problem: null };
      push({ kind: 'done', report, instance: connection.state, ...kept });
    } catch (error) {
      push({ kind: 'problem', problem: describe(error) });
    }
  });
}
