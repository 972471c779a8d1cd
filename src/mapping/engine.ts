import { CandidateFinder, type FoundCandidate } from './candidates.ts';
import { compareContacts } from './contact-evidence.ts';
import { type Contact, ContactIndex, NO_CONTACT, readContact } from './contact-index.ts';
import { type CustomerIndex, CustomerIndexBuilder } from './customer-index.ts';
import type { Answer, RankedCandidate } from './decide.ts';
import { pairKey, readConfirmed, readRejected } from './decided-pairs.ts';
import { nameEvidence } from './name-evidence.ts';
import { needsPerson } from './pair-evidence.ts';
import { type ParsedName, parseName } from './parse-name.ts';
import { findProblems, type NameSummary, repeatedIds, summarizeName } from './problems.ts';
import { checkWeights, probabilities, sumOfWeights } from './score.ts';
import { sortedOrder } from './sorted-order.ts';
import type { Candidate, Evidence, MappingOptions, MappingProblem, MappingRecord } from './types.ts';

/** Where a record has no name, this stands for the evidence of names: as unlike as names that share nothing. */
const NO_NAME_WEIGHT = -4;
/** However unlike the names, a shared id, domain or phone is weighed against no less than this. */
const LEAST_NAME_SCORE = -4;
/** Hand-set, like all evidence that no public data has: enough to prefer an active customer of the same name. */
const INACTIVE_WEIGHT = -1.5;
const LOOK_ALIKE_WEIGHT = -1.5;
/** A filler is no name: only a shared id or domain can lift it to a review. */
const PLACEHOLDER_WEIGHT = -8;
/** A person's word: above anything the names can say. */
const CONFIRMED_WEIGHT = 25;

const STRONG_KEYS: ReadonlySet<string> = new Set(['identifier', 'domain', 'phone']);

/** A candidate with its figures; evidence in words is made when it is asked for. */
interface ScoredCandidate extends RankedCandidate {
  readonly found: FoundCandidate;
  readonly extras: readonly Evidence[];
  readonly score: number;
  confidence: number;
}

/** What one organization's question gave; its candidates can be described until the next question. @internal */
export interface EngineAnswer extends Answer {
  readonly candidates: readonly ScoredCandidate[];
}

/** Customers ready to be asked about. @internal */
export class Engine<C extends MappingRecord> {
  /** Customers in the order of their ids, the first of each id. */
  readonly customers: C[] = [];
  /** What is odd about the rows. */
  problems: readonly MappingProblem[] = [];
  readonly #options: MappingOptions;
  readonly #weights: readonly number[];
  readonly #contacts: Contact[] = [];
  readonly #contactIndex = new ContactIndex();
  /** Per customer: why it is never matched without a person. */
  readonly #cautions: number[] = [];
  readonly #sharedEvidence: Evidence[] = [];
  #confirmed: ReadonlyMap<string, string> = new Map();
  #rejected: ReadonlySet<string> = new Set();
  #index!: CustomerIndex;
  #finder!: CandidateFinder;

  private constructor(options: MappingOptions, weights: readonly number[]) {
    this.#options = options;
    this.#weights = weights;
  }

  /** Builds the engine in pieces; yields now and then. */
  static *build<C extends MappingRecord>(
    rows: readonly C[],
    options: MappingOptions,
    weights: readonly number[],
  ): Generator<void, Engine<C>> {
    checkWeights(weights);
    const engine = new Engine<C>(options, weights);
    const { confirmed, learned } = yield* readConfirmed(options.confirmed ?? []);
    engine.#confirmed = confirmed;
    engine.#rejected = yield* readRejected(options.rejected ?? []);
    yield* engine.#addCustomers(rows, learned);
    return engine;
  }

  *#addCustomers(rows: readonly C[], learned: ReadonlyMap<string, readonly string[]>): Generator<void, void> {
    const order = yield* sortedOrder(rows, ({ id }) => String(id));
    const builder = new CustomerIndexBuilder();
    const summaries: NameSummary[] = new Array(rows.length);
    let last: string | null = null;
    for (let i = 0; i < order.length; i++) {
      const row = rows[order[i]!]!;
      const id = String(row.id);
      const name = parseName(row.name ?? '', aliasesOf(row, learned.get(id)));
      summaries[order[i]!] = summarizeName(name);
      if (id !== last) {
        const contact = readContact(row, this.#options.registrableDomain);
        this.#contactIndex.add(this.customers.length, contact);
        this.#contacts.push(contact);
        this.#cautions.push(cautionsOf(name) | (row.inactive === true ? INACTIVE : 0));
        this.customers.push(row);
        builder.add(name);
      }
      last = id;
      if (i % ROWS_PER_STEP === 0) yield;
    }
    this.problems = yield* findProblems(rows, summaries, 'customers', yield* repeatedIds(rows));
    this.#index = yield* builder.finish();
    yield;
    this.#finder = new CandidateFinder(this.#index);
  }

  /** Number of the customer with this id, or -1. */
  numberOf(id: string | number): number {
    const wanted = String(id);
    let from = 0;
    let to = this.customers.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (String(this.customers[middle]!.id) < wanted) from = middle + 1;
      else to = middle;
    }
    const found = this.customers[from];
    return found !== undefined && String(found.id) === wanted ? from : -1;
  }

  /** Finds and scores the candidates of one organization. `extra` customers are among them in any case. */
  ask(organization: MappingRecord, name: ParsedName, extra: readonly number[] = []): EngineAnswer {
    const contact = readContact(organization, this.#options.registrableDomain);
    const organizationId = String(organization.id);
    const confirmedId = this.#confirmed.get(organizationId);
    const confirmed = confirmedId === undefined ? -1 : this.numberOf(confirmedId);
    const keyed = this.#contactIndex.find(contact);
    const wanted =
      extra.length === 0 && confirmed < 0
        ? keyed
        : new Set([...keyed, ...extra, ...(confirmed < 0 ? [] : [confirmed])]);
    const found = this.#finder.find(name, wanted);
    const scored: ScoredCandidate[] = [];
    for (const candidate of found) {
      const { customer } = candidate;
      if (confirmed >= 0 && customer !== confirmed) continue;
      if (
        this.#rejected.size > 0 &&
        this.#rejected.has(pairKey(organizationId, String(this.customers[customer]!.id)))
      )
        continue;
      scored.push(this.#score(candidate, contact, name, confirmed === customer));
    }
    this.#setConfidences(scored, confirmed >= 0);
    scored.sort(byRank);
    return {
      candidates: scored,
      isConfirmed: confirmed >= 0 && scored.length > 0,
      needsReview: cautionsOf(name) !== 0,
    };
  }

  /** Whether this customer may be `matched` without a person. */
  mayBeMatched(customer: number): boolean {
    return this.#cautions[customer] === 0;
  }

  /** Puts a candidate of the last question in the words of the report. */
  describe(candidate: ScoredCandidate): Candidate<C> {
    const { found, extras, score, confidence } = candidate;
    const alignment = this.#finder.align(found);
    const evidence =
      alignment === null
        ? []
        : nameEvidence(found.facts, alignment, this.#index.table, this.#weights, this.#sharedEvidence);
    evidence.push(...extras);
    return {
      customer: this.customers[candidate.customer]!,
      confidence,
      score,
      evidence: sortByWeight(evidence),
    };
  }

  #score(
    candidate: FoundCandidate,
    contact: Contact,
    name: ParsedName,
    isConfirmed: boolean,
  ): ScoredCandidate {
    const { customer } = candidate;
    const isNameless = candidate.organizationDocument === null;
    const extras = contact === NO_CONTACT ? [] : compareContacts(contact, this.#contacts[customer]!);
    let score = isNameless ? 0 : sumOfWeights(candidate.facts, this.#weights);
    if (isNameless)
      extras.push({ kind: 'no-name', weight: NO_NAME_WEIGHT, label: 'One side has no name', review: true });
    else if (score < LEAST_NAME_SCORE && extras.some(({ kind }) => STRONG_KEYS.has(kind))) {
      extras.push({
        kind: 'key-over-name',
        weight: LEAST_NAME_SCORE - score,
        label: 'A shared id, domain or phone limits what unlike names count',
      });
    }
    const cautions = cautionsOf(name) | this.#cautions[customer]!;
    addCautions(extras, cautions);
    if (isConfirmed)
      extras.push({ kind: 'confirmed', weight: CONFIRMED_WEIGHT, label: 'Confirmed by a person' });
    for (const { weight } of extras) score += weight;
    return {
      customer,
      found: candidate,
      extras,
      score,
      confidence: 0,
      needsPerson:
        !extras.some(({ kind }) => kind === 'identifier') &&
        (needsPerson(candidate.facts) || extras.some(({ review }) => review)),
    };
  }

  #setConfidences(scored: readonly ScoredCandidate[], isConfirmed: boolean): void {
    const confidences = new Float64Array(scored.length);
    probabilities(
      scored.map(({ score }) => score),
      scored.length,
      confidences,
    );
    for (let i = 0; i < scored.length; i++) scored[i]!.confidence = isConfirmed ? 1 : confidences[i]!;
  }
}

/** Rows read between two yields: a name of combining marks alone takes a quarter of a millisecond, thirty times the usual. */
const ROWS_PER_STEP = 4;

const BLANK = 1;
const PLACEHOLDER = 2;
const LOOK_ALIKE = 4;
const INACTIVE = 8;

/** Bits that say why a name is never matched without a person; 0 for an ordinary name. A customer may be inactive too. */
function cautionsOf({ isBlank, isPlaceholder, hasLookAlikes }: ParsedName): number {
  return (isBlank ? BLANK : 0) | (isPlaceholder ? PLACEHOLDER : 0) | (hasLookAlikes ? LOOK_ALIKE : 0);
}

/** What speaks against a candidate beside the names' likeness. */
function addCautions(extras: Evidence[], cautions: number): void {
  if ((cautions & INACTIVE) !== 0)
    extras.push({ kind: 'inactive', weight: INACTIVE_WEIGHT, label: 'Inactive customer', review: true });
  if ((cautions & LOOK_ALIKE) !== 0) {
    extras.push({
      kind: 'look-alike',
      weight: LOOK_ALIKE_WEIGHT,
      label: 'Letters that only look like the others, or invisible ones',
      review: true,
    });
  }
  if ((cautions & PLACEHOLDER) !== 0) {
    extras.push({
      kind: 'placeholder',
      weight: PLACEHOLDER_WEIGHT,
      label: 'A name that stands for "no name"',
      review: true,
    });
  }
}

/** Sorts the heaviest first, whether it speaks for or against; by insertion, since the lists are short and very many. */
function sortByWeight(evidence: Evidence[]): Evidence[] {
  for (let i = 1; i < evidence.length; i++) {
    const item = evidence[i]!;
    const weight = Math.abs(item.weight);
    let at = i;
    for (; at > 0 && Math.abs(evidence[at - 1]!.weight) < weight; at--) evidence[at] = evidence[at - 1]!;
    evidence[at] = item;
  }
  return evidence;
}

/** Customers are numbered in the order of their ids, so numbers break the last tie. */
function byRank(a: ScoredCandidate, b: ScoredCandidate): number {
  return b.confidence - a.confidence || b.score - a.score || a.customer - b.customer;
}

function aliasesOf(customer: MappingRecord, learned: readonly string[] | undefined): readonly string[] {
  const given = customer.aliases ?? [];
  return learned === undefined ? given : [...given, ...learned];
}
