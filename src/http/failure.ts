import type { HaloValidationIssue } from '../errors.ts';
import { classifyNetworkFailure, type NetworkFailure } from '../wire/network-failure.ts';
import type { Phase } from './deadline.ts';
import type { RateLimitRefusal } from './rate-budget.ts';
import type { StatedLimit } from './rate-limit-text.ts';
import type { Outcome } from './retry-policy.ts';

/** What is wrong with a body that came. @internal */
export type BodyProblem =
  | 'truncated'
  | 'too-large'
  | 'encoding'
  | 'html'
  | 'content-type'
  | 'json'
  | 'too-deep'
  | 'unsafe-id';

/**
 * Why an attempt or a call failed, as plain facts: what the policy decides on and the error is made of. Holds foreign
 * errors only where their name and code are read.
 *
 * @internal
 */
export type Failure = AttemptFailure | BudgetFailure;

/** How one attempt failed. @internal */
export type AttemptFailure = LineFailure | TimeFailure | ClosedFailure | BodyFailure | StatusFailure;

/** No answer arrived. @internal */
export interface LineFailure {
  readonly kind: 'line';
  readonly outcome: Outcome;
  readonly error: unknown;
  readonly network: NetworkFailure;
}

/** @internal */
export interface TimeFailure {
  readonly kind: 'time';
  readonly outcome: 'timeout';
  readonly phase: Phase;
  readonly limitMs: number;
  readonly status?: number | undefined;
}

/** @internal */
export interface ClosedFailure {
  readonly kind: 'closed';
  readonly outcome: 'closed';
}

/** An answer with a good status and a body that is of no use. @internal */
export interface BodyFailure {
  readonly kind: 'body';
  readonly outcome: Outcome;
  readonly problem: BodyProblem;
  readonly status: number;
  readonly requestId: string | undefined;
  /** For `unsafe-id`: where it stands. */
  readonly path?: string | undefined;
  /** For `truncated`: what the platform threw. */
  readonly error?: unknown;
}

/** An answer whose status says no. @internal */
export interface StatusFailure {
  readonly kind: 'status';
  readonly outcome: Outcome;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly issues: readonly HaloValidationIssue[];
  /** Whether a web page came, as from a proxy or a wrong address. */
  readonly html: boolean;
  /** The server's own timing, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  readonly stated: StatedLimit | undefined;
  /** For redirects: the origin pointed to, where readable. */
  readonly targetOrigin: string | undefined;
}

/** The rate budget gave no slot. @internal */
export interface BudgetFailure {
  readonly kind: 'budget';
  readonly refusal: RateLimitRefusal;
  /** Status 429, where one came before. */
  readonly status: number | undefined;
  /** Longest wait of a call, all its waits together. */
  readonly limitMs: number;
}

/** Returns what a rejected `fetch` says. @internal */
export function lineFailure(error: unknown): LineFailure {
  const network = classifyNetworkFailure(error);
  return { kind: 'line', outcome: outcomeOf(network), error, network };
}

function outcomeOf({ sent, transient, timeout, code }: NetworkFailure): Outcome {
  if (sent === 'no') return transient ? 'unsent' : 'untrusted';
  if (!transient) return 'unusable';
  if (timeout !== undefined) return 'timeout';
  return code === 'HALO_NETWORK_PROTOCOL' ? 'garbled' : 'network';
}
