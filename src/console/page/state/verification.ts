import { signal } from '@preact/signals';
import type { VerificationReport, VerificationStage } from '../../../index.ts';
import type { FieldProblem, SettingsForm, VerifyEvent } from '../../api-types.ts';
import { postJson, postLines } from './api.ts';
import { receiveInstance } from './console.ts';
import { announce, problem, showProblem } from './notices.ts';

/** A verification as far as it has come. */
export interface Verification {
  readonly instance: string;
  readonly stages: readonly VerificationStage[];
  readonly report: VerificationReport | null;
  readonly written: { readonly file: string; readonly withSecret: boolean } | null;
}

/** The last one; whoever looks at another instance sees nothing of it. */
export const verification = signal<Verification | null>(null);
export const isVerifying = signal(false);

/** Asks what is wrong with a form; nothing is sent to Halo. */
export function checkForm(instance: string, form: SettingsForm): Promise<FieldProblem[]> {
  return postJson<FieldProblem[]>(`/api/instances/${encodeURIComponent(instance)}/check`, { form });
}

/** Saves a form and follows the verification stage by stage. */
export async function saveForm(
  instance: string,
  form: SettingsForm,
  keep: { toFile: boolean; withSecret: boolean },
): Promise<void> {
  isVerifying.value = true;
  problem.value = null;
  verification.value = { instance, stages: [], report: null, written: null };
  try {
    await postLines<VerifyEvent>(
      `/api/instances/${encodeURIComponent(instance)}/settings`,
      { form, ...keep },
      receiveEvent,
    );
  } catch (error) {
    showProblem(error);
  } finally {
    isVerifying.value = false;
  }
}

function receiveEvent(event: VerifyEvent): void {
  const shown = verification.value;
  if (shown === null) return;
  if (event.kind === 'stage') {
    verification.value = { ...shown, stages: [...shown.stages, event.stage] };
  } else if (event.kind === 'done') {
    const { report, instance, written } = event;
    problem.value = event.problem;
    verification.value = { ...shown, stages: report.stages, report, written };
    receiveInstance(instance);
    announce(report.ok ? 'The connection works.' : 'The connection does not work.');
  } else {
    problem.value = event.problem;
  }
}
