import type { SettingsForm, VerifyEvent } from './api-types.ts';
import { describeProblem } from './console-problem.ts';
import type { InstanceConnection, KeepOptions } from './instance-connection.ts';

/** A settings form, and what is kept of it. */
export interface SaveRequest extends KeepOptions {
  readonly form: SettingsForm;
}

/** Verifies and says so stage by stage; what works is written where that was asked for. */
export async function* saveSettings(
  connection: InstanceConnection,
  { form, ...keep }: SaveRequest,
  onFault: (error: unknown) => void,
): AsyncGenerator<VerifyEvent> {
  const events: VerifyEvent[] = [];
  let wake = () => {};
  const push = (event: VerifyEvent) => {
    events.push(event);
    wake();
  };
  const describe = (error: unknown) => describeProblem(error, onFault).problem;
  const running = (async () => {
    const report = await connection.save(form, (stage) => push({ kind: 'stage', stage }));
    // Settings that work are in use, whether or not they could be written.
    const kept = report.ok
      ? await connection.keep(keep).then(
          (written) => ({ written, problem: null }),
          (error: unknown) => ({ written: null, problem: describe(error) }),
        )
      : { written: null, problem: null };
    push({ kind: 'done', report, instance: connection.state, ...kept });
  })().catch((error: unknown) => push({ kind: 'problem', problem: describe(error) }));
  for (let isOver = false; !isOver; ) {
    const event = events.shift();
    if (event === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      continue;
    }
    yield event;
    isOver = event.kind !== 'stage';
  }
  await running;
}
