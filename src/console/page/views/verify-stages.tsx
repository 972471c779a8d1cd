import type { VerificationReport, VerificationStage, VerificationStatus } from '../../../index.ts';
import type { InstanceState } from '../../api-types.ts';
import { moment, plural } from '../logic/format.ts';
import { isVerifying, verification } from '../state/verification.ts';
import { CheckIcon, CrossIcon, SkipIcon, WarningIcon } from './icons.tsx';

const ICONS: Readonly<Record<VerificationStatus, () => preact.JSX.Element>> = {
  ok: CheckIcon,
  warning: WarningIcon,
  failed: CrossIcon,
  skipped: SkipIcon,
};

const WORDS: Readonly<Record<VerificationStatus, string>> = {
  ok: 'in order',
  warning: 'works, with a warning',
  failed: 'failed',
  skipped: 'not tried',
};

/** The doctor: stages as they come in, each with what to do where it is not in order. */
export function VerifyStages({ instance }: { instance: InstanceState }) {
  const last = verification.value?.instance === instance.name ? verification.value : null;
  const isRunning = isVerifying.value && last !== null;
  const report = last?.report ?? (isRunning ? null : instance.report);
  const stages = isRunning ? last.stages : (report?.stages ?? []);
  return (
    <section class="card stages" aria-labelledby="stages-title">
      <h2 id="stages-title">What works</h2>
      {stages.length === 0 && !isRunning && (
        <p class="muted">
          Save configuration goes through nine checks, from the address to the scopes, and says which Halo
          screen mends what is wrong. It changes nothing in Halo.
        </p>
      )}
      <ol class="stage-list" aria-live="polite" aria-busy={isRunning}>
        {stages.map((stage) => (
          <Stage key={stage.id} stage={stage} />
        ))}
        {isRunning && (
          <li class="stage running">
            <span class="stage-icon" aria-hidden="true" />
            <p>Checking…</p>
          </li>
        )}
      </ol>
      {report !== null && <Verdict report={report} />}
      {last?.written != null && (
        <p class="note">
          Written to <code>{last.written.file}</code>
          {last.written.withSecret ? ', with the secret.' : ', without the secret.'}
        </p>
      )}
    </section>
  );
}

function Stage({ stage: { status, title, observed, meaning, fix } }: { stage: VerificationStage }) {
  const StageIcon = ICONS[status];
  return (
    <li class="stage" data-status={status}>
      <span class="stage-icon">
        <StageIcon />
      </span>
      <div>
        <p class="stage-title">
          <strong>{title}</strong> <span class="visually-hidden">{WORDS[status]}: </span>
          <span>{observed}</span>
        </p>
        {fix !== null && (
          <>
            <p>{meaning}</p>
            <p class="fix">
              <strong>Fix:</strong> {fix}
            </p>
          </>
        )}
      </div>
    </li>
  );
}

function Verdict({ report }: { report: VerificationReport }) {
  const { status, stages, requests, elapsedMs, checkedAt } = report;
  const warnings = stages.filter((stage) => stage.status === 'warning').length;
  const verdict = {
    ok: 'The connection is in order.',
    warning: `The connection works, with ${plural(warnings, 'warning')}.`,
    failed: 'The connection does not work.',
  }[status];
  return (
    <p class="verdict" data-status={status}>
      <strong>{verdict}</strong>{' '}
      <span class="muted">
        {plural(requests, 'request')}, {elapsedMs} ms, {moment(checkedAt)}
      </span>
    </p>
  );
}
