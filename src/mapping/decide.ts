import { type Assignment, type AssignmentEdges, assignOneToOne } from './assign.ts';
import { PLAIN_ROWS_PER_STEP } from './slices.ts';
import type { MappingStatus } from './types.ts';

/** What a decision needs to know of a candidate. @internal */
export interface RankedCandidate {
  readonly customer: number;
  readonly confidence: number;
  /** The names differ in a way that only a person, or a shared id, can settle. */
  readonly needsPerson: boolean;
}

/** What is known of one organization, candidates best first. @internal */
export interface Answer {
  readonly candidates: readonly RankedCandidate[];
  readonly isConfirmed: boolean;
  /** Nothing here may be `matched` without a person. */
  readonly needsReview: boolean;
}

/** What one organization gets. @internal */
export interface Decision {
  readonly status: MappingStatus;
  /** Position among the answer's candidates, or -1. */
  readonly candidate: number;
  readonly conflict?: {
    readonly kind: 'contested-customer' | 'tie';
    readonly organizations: readonly number[];
    readonly customers: readonly number[];
  };
}

/** What the decisions need to know beside the answers. @internal */
export interface DecisionRules {
  readonly thresholds: { readonly matched: number; readonly review: number };
  readonly isOneToOne: boolean;
  readonly customers: number;
  /** Organizations that may not be `matched` (look-alikes, blanks, a repeated id). */
  readonly needsReview: (organization: number) => boolean;
  readonly mayBeMatched: (customer: number) => boolean;
}

/** More names than a person reads. All of them would take memory with the square of a name that thousands share. */
const MOST_NAMED = 100;

const UNMATCHED: Decision = { status: 'unmatched', candidate: -1 };

/**
 * Decides every row: one global assignment, then a status per organization. Yields now and then.
 *
 * @internal
 */
export function* decide(answers: readonly Answer[], rules: DecisionRules): Generator<void, Decision[]> {
  const decisionOf = rules.isOneToOne
    ? yield* decideTogether(answers, rules)
    : (answer: Answer, at: number) => decideAlone(answer, at, rules);
  const decisions: Decision[] = [];
  for (let at = 0; at < answers.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    decisions.push(decisionOf(answers[at]!, at));
  }
  return decisions;
}

/** Assigns all rows at once and returns how each of them is decided then. */
function* decideTogether(
  answers: readonly Answer[],
  rules: DecisionRules,
): Generator<void, (answer: Answer, at: number) => Decision> {
  const fixed = yield* fixedOwners(answers);
  const edges = yield* possiblePairs(answers, rules, fixed);
  const assignment = yield* assignOneToOne(edges, answers.length, rules.customers);
  const claims = yield* claimsByCustomer(edges, fixed);
  const ties = yield* membersByTie(assignment);
  return (answer, at) =>
    answer.isConfirmed
      ? decideConfirmed(answer, at, fixed)
      : decideAssigned(answer, at, rules, { assignment, claims, ties });
}

/** What the assignment says, by row, by customer and by tie. */
interface Assigned {
  readonly assignment: Assignment;
  readonly claims: ReadonlyMap<number, readonly number[]>;
  readonly ties: ReadonlyMap<number, readonly number[]>;
}

/** Organizations of each tie, no more of them than are named. */
function* membersByTie({ tieGroup }: Assignment): Generator<void, Map<number, number[]>> {
  const ties = new Map<number, number[]>();
  for (let at = 0; at < tieGroup.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    if (tieGroup[at] === -1) continue;
    const members = ties.get(tieGroup[at]!);
    if (members === undefined) ties.set(tieGroup[at]!, [at]);
    else if (members.length <= MOST_NAMED) members.push(at);
  }
  return ties;
}

/** Customers that a person has given away, with the organizations that have them. */
function* fixedOwners(answers: readonly Answer[]): Generator<void, Map<number, number[]>> {
  const fixed = new Map<number, number[]>();
  for (let at = 0; at < answers.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    const { isConfirmed, candidates } = answers[at]!;
    if (!isConfirmed) continue;
    const { customer } = candidates[0]!;
    const owners = fixed.get(customer);
    if (owners) owners.push(at);
    else fixed.set(customer, [at]);
  }
  return fixed;
}

function* possiblePairs(
  answers: readonly Answer[],
  rules: DecisionRules,
  fixed: ReadonlyMap<number, readonly number[]>,
): Generator<void, AssignmentEdges> {
  const organization: number[] = [];
  const customer: number[] = [];
  const confidence: number[] = [];
  for (let at = 0; at < answers.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    const answer = answers[at]!;
    if (answer.isConfirmed) continue;
    for (const candidate of answer.candidates) {
      if (candidate.confidence < rules.thresholds.review || fixed.has(candidate.customer)) continue;
      organization.push(at);
      customer.push(candidate.customer);
      confidence.push(candidate.confidence);
    }
  }
  return {
    organization: new Int32Array(organization),
    customer: new Int32Array(customer),
    confidence: new Float64Array(confidence),
  };
}

function* claimsByCustomer(
  edges: AssignmentEdges,
  fixed: ReadonlyMap<number, readonly number[]>,
): Generator<void, Map<number, number[]>> {
  const claims = new Map<number, number[]>();
  for (const [customer, owners] of fixed) claims.set(customer, [...owners]);
  for (let at = 0; at < edges.customer.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    const customer = edges.customer[at]!;
    const known = claims.get(customer);
    if (known) known.push(edges.organization[at]!);
    else claims.set(customer, [edges.organization[at]!]);
  }
  return claims;
}

function decideConfirmed(
  answer: Answer,
  at: number,
  fixed: ReadonlyMap<number, readonly number[]>,
): Decision {
  const { customer } = answer.candidates[0]!;
  const owners = fixed.get(customer)!;
  if (owners.length === 1) return { status: 'matched', candidate: 0 };
  const organizations = othersIn(owners, at);
  return {
    status: 'conflict',
    candidate: 0,
    conflict: { kind: 'contested-customer', organizations, customers: [customer] },
  };
}

function decideAssigned(
  answer: Answer,
  at: number,
  rules: DecisionRules,
  { assignment, claims, ties }: Assigned,
): Decision {
  const best = answer.candidates[0];
  if (best === undefined || best.confidence < rules.thresholds.review || best.confidence === 0)
    return UNMATCHED;
  if (assignment.tied[at] !== 0) {
    return tieDecision(answer, rules, othersIn(ties.get(assignment.tieGroup[at]!)!, at));
  }
  const assigned = assignment.customerByOrganization[at]!;
  if (assigned === -1) {
    const organizations = othersIn(claims.get(best.customer) ?? [], at);
    return {
      status: 'conflict',
      candidate: 0,
      conflict: { kind: 'contested-customer', organizations, customers: [best.customer] },
    };
  }
  const candidate = answer.candidates.findIndex(({ customer }) => customer === assigned);
  if (candidate > 0) return { status: 'review', candidate };
  return { status: statusOf(answer, at, rules), candidate: 0 };
}

/** The organizations but one, as many of them as are named. */
function othersIn(organizations: readonly number[], at: number): number[] {
  const named = organizations.slice(0, MOST_NAMED + 1).filter((other) => other !== at);
  return named.slice(0, MOST_NAMED);
}

function tieDecision(answer: Answer, rules: DecisionRules, organizations: readonly number[]): Decision {
  const customers = answer.candidates
    .filter(({ confidence }) => confidence >= rules.thresholds.review)
    .map(({ customer }) => customer);
  return { status: 'conflict', candidate: 0, conflict: { kind: 'tie', organizations, customers } };
}

function decideAlone(answer: Answer, at: number, rules: DecisionRules): Decision {
  const best = answer.candidates[0];
  if (answer.isConfirmed) return { status: 'matched', candidate: 0 };
  if (best === undefined || best.confidence < rules.thresholds.review || best.confidence === 0)
    return UNMATCHED;
  const equal = answer.candidates.filter(({ confidence }) => confidence === best.confidence);
  if (equal.length > 1) {
    const customers = equal.map(({ customer }) => customer);
    return { status: 'conflict', candidate: 0, conflict: { kind: 'tie', organizations: [], customers } };
  }
  return { status: statusOf(answer, at, rules), candidate: 0 };
}

function statusOf(answer: Answer, at: number, rules: DecisionRules): MappingStatus {
  const best = answer.candidates[0]!;
  const isSure = best.confidence >= rules.thresholds.matched;
  return isSure && !best.needsPerson && !rules.needsReview(at) && rules.mayBeMatched(best.customer)
    ? 'matched'
    : 'review';
}
