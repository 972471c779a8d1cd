import { checkOptions, checkRecords } from './check-input.ts';
import { decide } from './decide.ts';
import { DEFAULT_THRESHOLDS } from './defaults.ts';
import { Engine, type EngineAnswer } from './engine.ts';
import { buildReport, type DescribedAnswer, toSuggestion } from './mapping-report.ts';
import { parseName } from './parse-name.ts';
import { findProblems, type NameSummary, repeatedIds, summarizeName } from './problems.ts';
import { duringShare, PLAIN_ROWS_PER_STEP } from './slices.ts';
import { sortedOrder } from './sorted-order.ts';
import type { MappingOptions, MappingRecord, MappingReport, MappingSuggestion } from './types.ts';
import { EVIDENCE_WEIGHTS } from './weights.ts';

/** Candidates listed when the caller does not say: a person can look at five. */
const DEFAULT_CANDIDATES = 5;

/** How much of the whole work the two long stages are, for progress. */
const INDEX_SHARE = 0.2;

/** Customers with their engine and everything a report says about them. @internal */
export interface PreparedCustomers<C extends MappingRecord> {
  readonly rows: readonly C[];
  readonly engine: Engine<C>;
  readonly options: MappingOptions;
}

/**
 * Checks and indexes the customers; yields the share done of the whole work. Other `weights` are for learning them.
 *
 * @internal
 */
export function* prepareCustomers<C extends MappingRecord>(
  customers: readonly C[],
  options: MappingOptions,
  weights: readonly number[] = EVIDENCE_WEIGHTS,
): Generator<number, PreparedCustomers<C>> {
  yield* duringShare(0, checkOptions(options));
  yield* duringShare(0, checkRecords(customers, 'customers'));
  const steps = Engine.build(customers, options, weights);
  for (let done = 0; ; done++) {
    const step = steps.next();
    if (step.done) return { rows: customers, engine: step.value, options };
    yield INDEX_SHARE * (1 - 1 / (1 + done / 500));
  }
}

/** Maps organizations onto prepared customers; yields the share done. @internal */
export function* suggestSteps<O extends MappingRecord, C extends MappingRecord>(
  organizations: readonly O[],
  prepared: PreparedCustomers<C>,
): Generator<number, MappingReport<O, C>> {
  yield* duringShare(INDEX_SHARE, checkRecords(organizations, 'organizations'));
  const { engine, options, rows } = prepared;
  const limit = options.maxCandidates ?? DEFAULT_CANDIDATES;
  const { matched = DEFAULT_THRESHOLDS.matched, review = DEFAULT_THRESHOLDS.review } =
    options.thresholds ?? {};
  const thresholds = { matched, review };
  const names: NameSummary[] = new Array(organizations.length);
  const answers: DescribedAnswer<C>[] = new Array(organizations.length);
  // Names that begin alike ask for the same customers: one after the other, they find them in the processor's cache.
  const order = yield* duringShare(
    INDEX_SHARE,
    sortedOrder(organizations, ({ name }) => name ?? ''),
  );
  for (let done = 0; done < order.length; done++) {
    const at = order[done]!;
    const organization = organizations[at]!;
    const name = parseName(organization.name ?? '', organization.aliases);
    names[at] = summarizeName(name);
    answers[at] = describe(engine, engine.ask(organization, name), limit, review);
    yield INDEX_SHARE + (1 - INDEX_SHARE) * (done / order.length);
  }
  const repeated = yield* duringShare(1, repeatedIds(organizations));
  const deciding = decide(answers, {
    thresholds,
    isOneToOne: options.cardinality !== 'many-to-one',
    customers: engine.customers.length,
    needsReview: (at) => answers[at]!.needsReview || repeated.has(String(organizations[at]!.id)),
    mayBeMatched: (customer) => engine.mayBeMatched(customer),
  });
  const decisions = yield* duringShare(1, deciding);
  const suggestions: MappingSuggestion<O, C>[] = [];
  for (let at = 0; at < organizations.length; at++) {
    suggestions.push(toSuggestion(organizations, at, answers[at]!, decisions[at]!, engine.customers, limit));
    if (at % PLAIN_ROWS_PER_STEP === 0) yield 1;
  }
  const problems = yield* duringShare(1, findProblems(organizations, names, 'organizations', repeated));
  for (const problem of engine.problems) problems.push(problem);
  return yield* duringShare(1, buildReport(suggestions, rows, thresholds, problems));
}

/** Describes the candidates that may be listed or proposed and drops the rest: a report of very many rows is made of these. */
function describe<C extends MappingRecord>(
  engine: Engine<C>,
  { candidates, isConfirmed, needsReview }: EngineAnswer,
  limit: number,
  review: number,
): DescribedAnswer<C> {
  let kept = Math.min(limit, candidates.length);
  while (kept < candidates.length && candidates[kept]!.confidence >= review) kept++;
  const described = candidates.slice(0, kept).map((candidate) => ({
    customer: candidate.customer,
    confidence: candidate.confidence,
    needsPerson: candidate.needsPerson,
    described: engine.describe(candidate),
  }));
  return { candidates: described, isConfirmed, needsReview };
}
