import type { HaloConfigIssue } from '../errors.ts';

/** `warning`: it works, but not as most want it. `skipped`: not tried, because something before it failed. */
export type VerificationStatus = 'ok' | 'warning' | 'failed' | 'skipped';

/** The stages, in the order in which they are reported. */
export type VerificationStageId =
  | 'address'
  | 'network'
  | 'authinfo'
  | 'token'
  | 'agent'
  | 'customers'
  | 'teams'
  | 'agents'
  | 'scope';

/** What came of one stage. */
export interface VerificationStage {
  readonly id: VerificationStageId;
  /** The stage in two or three words, for a screen. */
  readonly title: string;
  readonly status: VerificationStatus;
  /** What was seen. */
  readonly observed: string;
  /** What that means for the connection. */
  readonly meaning: string;
  /** What to do, and which Halo screen to open; null where there is nothing to do. */
  readonly fix: string | null;
  /** Code of the error behind a failure, such as `HALO_AUTH_INVALID_CLIENT`; null where there is none. */
  readonly code: string | null;
}

/** What a verification found. Plain JSON without secrets. */
export interface VerificationReport {
  /** Whether no stage failed. */
  readonly ok: boolean;
  /** The worst of the stages. */
  readonly status: 'ok' | 'warning' | 'failed';
  /** Host of the resource server; null where the address could not be read. */
  readonly host: string | null;
  /** When it began, ISO 8601. */
  readonly checkedAt: string;
  readonly elapsedMs: number;
  /** Requests sent, at most 8. */
  readonly requests: number;
  /** All stages, in order. */
  readonly stages: VerificationStage[];
  /** What is wrong with the settings, by field, for a form to show; empty where nothing is. */
  readonly issues: HaloConfigIssue[];
}

/** Titles and order of the stages. @internal */
export const STAGE_TITLES: Readonly<Record<VerificationStageId, string>> = {
  address: 'Address and settings',
  network: 'DNS and TLS',
  authinfo: 'Sign-in details',
  token: 'Token',
  agent: 'Agent',
  customers: 'Customers',
  teams: 'Teams',
  agents: 'Agents visible',
  scope: 'Scope',
};

/** @internal */
export const STAGE_IDS = Object.keys(STAGE_TITLES) as readonly VerificationStageId[];

/** A stage before it has its name. @internal */
export type Finding = Omit<VerificationStage, 'id' | 'title'>;

/** Everything that was found; stages that are missing were not reached. @internal */
export type Findings = Partial<Record<VerificationStageId, Finding>>;

/** @internal */
export function fine(observed: string, meaning: string): Finding {
  return { status: 'ok', observed, meaning, fix: null, code: null };
}

/** @internal */
export function doubtful(observed: string, meaning: string, fix: string): Finding {
  return { status: 'warning', observed, meaning, fix, code: null };
}

/** @internal */
export function failed(observed: string, meaning: string, fix: string, code: string | null = null): Finding {
  return { status: 'failed', observed, meaning, fix, code };
}

/** Facts of a report beside its stages. @internal */
export type ReportFacts = Omit<VerificationReport, 'ok' | 'status' | 'stages'>;

/**
 * Puts the findings in order; a stage without one was skipped because of the last failure before it.
 *
 * @internal
 */
export function buildReport(findings: Findings, facts: ReportFacts): VerificationReport {
  const stages: VerificationStage[] = [];
  for (const id of STAGE_IDS) {
    const finding = findings[id] ?? skipped(stages.findLast((stage) => stage.status === 'failed'));
    stages.push({ id, title: STAGE_TITLES[id], ...finding });
  }
  const has = (status: VerificationStatus) => stages.some((stage) => stage.status === status);
  const status = has('failed') ? 'failed' : has('warning') ? 'warning' : 'ok';
  return { ok: status !== 'failed', status, ...facts, stages };
}

function skipped(cause: VerificationStage | undefined): Finding {
  const meaning =
    cause === undefined ? 'It does not apply here.' : `It needs "${cause.title}" to work first.`;
  return { status: 'skipped', observed: 'not tried', meaning, fix: null, code: null };
}
