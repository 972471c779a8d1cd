import { Alignment } from './align.ts';
import { type CustomerIndex, foreignKey, type KeyIndex } from './customer-index.ts';
import { buildDocument, type NameDocument } from './document.ts';
import { DocumentView } from './document-store.ts';
import type { GramHits } from './gram-hits.ts';
import { GramSearch } from './gram-search.ts';
import { emptyFacts, judgePair, kindAt, levelOf, type PairFacts } from './pair-evidence.ts';
import type { ParsedName } from './parse-name.ts';
import { JaroWinkler } from './similarity/jaro-winkler.ts';
import { soundKey } from './similarity/sound-key.ts';
import { WordPairs } from './word-pairs.ts';

/** Readings taken from the gram index: on six public sets more than this added under 0.1 points of recall. */
const GRAM_CANDIDATES = 12;

/** A reading whose letters are less alike than this part of the best is no rival: judging it costs time for nothing. */
const LEAST_SHARE_OF_BEST = 0.45;
/** Beyond so many readings, of which a customer may have several, those that are so far behind the best are no rivals either. */
const SURE_RIVALS = 5;
const MOST_BEHIND_BEST = 0.3;

/** Readings taken per exact key (equal letters, equal initials). */
const KEY_CANDIDATES = 10;

/** Names with similar initials looked at when the organization's name may be an acronym. */
const INITIALS_CANDIDATES = 10;

/** Customers judged per organization. */
const MOST_CANDIDATES = 14;

/** Words added by organizations before the word table is cut back. */
const MOST_BORROWED_WORDS = 50_000;

/** A customer that may be the organization, with the facts of its best reading. Valid until the next question. @internal */
export interface FoundCandidate {
  customer: number;
  /** Null when one side has no name: then `facts` say nothing. */
  organizationDocument: NameDocument | null;
  customerDocument: NameDocument | null;
  readonly facts: PairFacts;
}

/** A candidate with the memory for its customer's document. */
interface PooledCandidate extends FoundCandidate {
  view: DocumentView;
}

/**
 * Finds and judges the customers that may be an organization. Holds scratch memory, so one question at a time.
 *
 * @internal
 */
export class CandidateFinder {
  readonly #index: CustomerIndex;
  readonly #pairs: WordPairs;
  readonly #alignment = new Alignment();
  readonly #spelling = new JaroWinkler();
  readonly #grams: GramSearch;
  readonly #initialsGrams: GramSearch;
  readonly #hits: GramHits = GramSearch.hits(GRAM_CANDIDATES);
  readonly #scratch = emptyFacts();
  /** The document at hand. */
  #view = new DocumentView();
  /** Customer to candidate of the question at hand. */
  readonly #found = new Map<number, PooledCandidate>();
  /** Used again from question to question: a report asks for a million of these. */
  readonly #pool: PooledCandidate[] = [];
  readonly #seen = new Set<number>();
  readonly #listSize: number;

  constructor(index: CustomerIndex) {
    this.#index = index;
    this.#pairs = new WordPairs(index.table);
    this.#listSize = listSizeLevel(index.customers);
    this.#grams = new GramSearch(index.grams);
    this.#initialsGrams = new GramSearch(index.initialsGrams);
  }

  /**
   * Returns the candidates of a parsed name, most alike first, each with a level for every kind of evidence. The `extra`
   * customers are among them however their names compare.
   */
  find(name: ParsedName, extra: Iterable<number> = []): FoundCandidate[] {
    const { table, tableSize } = this.#index;
    if (table.words.length > tableSize + MOST_BORROWED_WORDS) {
      table.shrink(tableSize);
      this.#pairs.clear();
    }
    this.#found.clear();
    const wanted = new Set(extra);
    for (const variant of name.variants) this.#findReading(buildDocument(variant, table), wanted);
    for (const customer of wanted) this.#takeNameless(customer);
    const found = [...this.#found.values()];
    found.sort((a, b) => b.facts.likeness - a.facts.likeness || a.customer - b.customer);
    const kept = found.filter(({ customer }, rank) => rank < MOST_CANDIDATES || wanted.has(customer));
    judgeRivals(kept, this.#listSize);
    return kept;
  }

  #takeNameless(customer: number): void {
    if (this.#found.has(customer)) return;
    const taken = this.#take(customer);
    taken.organizationDocument = null;
    taken.customerDocument = null;
    copyFacts(NO_FACTS, taken.facts);
  }

  /** Adds a customer to the candidates. */
  #take(customer: number): PooledCandidate {
    const at = this.#found.size;
    this.#pool[at] ??= {
      customer,
      organizationDocument: null,
      customerDocument: null,
      facts: emptyFacts(),
      view: new DocumentView(),
    };
    const taken = this.#pool[at];
    taken.customer = customer;
    this.#found.set(customer, taken);
    return taken;
  }

  /** Keeps the pair of documents at hand and its facts as those of a candidate. */
  #keep(candidate: PooledCandidate, reading: NameDocument): void {
    const view = this.#view;
    this.#view = candidate.view;
    candidate.view = view;
    candidate.organizationDocument = reading;
    candidate.customerDocument = view;
    copyFacts(this.#scratch, candidate.facts);
  }

  /** Returns the alignment behind a candidate; valid until the next question. */
  align(candidate: FoundCandidate): Alignment | null {
    const { organizationDocument, customerDocument } = candidate;
    if (organizationDocument === null || customerDocument === null) return null;
    this.#alignment.run(organizationDocument, customerDocument, this.#index.table, this.#pairs);
    return this.#alignment;
  }

  #findReading(reading: NameDocument, wanted: ReadonlySet<number>): void {
    const index = this.#index;
    const hits = this.#hits;
    this.#seen.clear();
    this.#grams.ask(reading.variant.words);
    this.#grams.findBest(GRAM_CANDIDATES, hits, leastRival);
    for (let i = 0; i < hits.count; i++) this.#judge(reading, hits.documents[i]!, hits.scores[i]!);
    this.#takeKey(reading, index.bySquashed, reading.variant.squashed);
    if (reading.initials !== '') this.#takeKey(reading, index.bySquashed, reading.initials);
    if (reading.isShortWord) this.#findInitials(reading);
    const { isForeign, squashed } = reading.variant;
    if (isForeign || index.hasForeign)
      this.#takeKey(reading, index.bySound, foreignKey(soundKey(squashed), !isForeign));
    for (const customer of wanted) {
      for (let d = index.starts[customer]!; d < index.starts[customer + 1]!; d++) this.#judge(reading, d, -1);
    }
  }

  #findInitials(reading: NameDocument): void {
    const index = this.#index;
    this.#takeKey(reading, index.byInitials, reading.variant.squashed);
    this.#initialsGrams.ask([reading.variant.squashed]);
    this.#initialsGrams.findBest(INITIALS_CANDIDATES, this.#hits);
    const count = this.#hits.count;
    for (let i = 0; i < count; i++) {
      this.#judge(reading, index.initialsDocuments[this.#hits.documents[i]!]!, -1);
    }
  }

  #takeKey(reading: NameDocument, keys: KeyIndex, key: string): void {
    let document = keys.first(key);
    for (let taken = 0; document !== -1 && taken < KEY_CANDIDATES; taken++) {
      this.#judge(reading, document, -1);
      document = keys.next(document);
    }
  }

  /** Compares one reading with one document and keeps it when it is the customer's best. */
  #judge(reading: NameDocument, document: number, knownCosine: number): void {
    if (this.#seen.has(document)) return;
    this.#seen.add(document);
    const { documents, customerOf, table } = this.#index;
    const other = this.#view;
    documents.read(document, other);
    const cosine = knownCosine >= 0 ? knownCosine : this.#grams.similarity(document);
    this.#alignment.run(reading, other, table, this.#pairs);
    const spelling = this.#spelling.similarity(reading.variant.squashed, other.variant.squashed);
    judgePair(this.#scratch, this.#alignment, cosine, spelling, table);
    const customer = customerOf[document]!;
    const known = this.#found.get(customer);
    if (known === undefined) this.#keep(this.#take(customer), reading);
    else if (this.#scratch.likeness > known.facts.likeness) this.#keep(known, reading);
  }
}

/** The least cosine of a rival of the best ones. */
function leastRival({ count, scores }: GramHits): number {
  const best = scores[0]!;
  const far = count < SURE_RIVALS ? 0 : Math.min(best - MOST_BEHIND_BEST, scores[SURE_RIVALS - 1]!);
  return Math.max(LEAST_SHARE_OF_BEST * best, far);
}

const NO_FACTS = emptyFacts();

function copyFacts(from: PairFacts, to: PairFacts): void {
  to.levels.set(from.levels);
  to.likeness = from.likeness;
}

const LEAD_AT = kindAt('lead');
const NEAR_RIVALS_AT = kindAt('near-rivals');
const NAMESAKES_AT = kindAt('namesakes');
const LIST_SIZE_AT = kindAt('list-size');

const LEAD_LIMITS = [-0.3, -0.2, -0.12, -0.07, -0.03, -0.005, 0.005, 0.02, 0.04, 0.07, 0.12, 0.2, 0.3, 0.45];
/** How well the names agree by themselves: a lead means more to a good match. */
const LIKENESS_LIMITS = [0.45, 0.6, 0.75, 0.88, 0.97];
/** Likeness of the next best name in a list of two thousand, in the middle of six public sets. */
const LEAST_RIVAL = 0.45;
/** The size of list that `LEAST_RIVAL` was measured on. */
const USUAL_LIST = 2000;
/** Rivals within this much likeness count as near. */
const NEAR = 0.06;

/** Fills in the evidence that depends on the other customers. */
function judgeRivals(found: readonly FoundCandidate[], listSize: number): void {
  const best = found[0]?.facts.likeness ?? 0;
  // Among few customers the next best is far away by chance: it counts as near as it would be among two thousand.
  const second = Math.max(found[1]?.facts.likeness ?? 0, Math.min(LEAST_RIVAL, best));
  let namesakes = 0;
  for (const candidate of found) if (haveSameLetters(candidate)) namesakes++;
  for (let rank = 0; rank < found.length; rank++) {
    const { facts } = found[rank]!;
    const lead = rank === 0 ? best - second : facts.likeness - best;
    let near = 0;
    for (const rival of found) if (rival.facts.likeness >= facts.likeness - NEAR) near++;
    const { levels } = facts;
    levels[LEAD_AT] =
      levelOf(lead, LEAD_LIMITS) * (LIKENESS_LIMITS.length + 1) + levelOf(facts.likeness, LIKENESS_LIMITS);
    levels[NEAR_RIVALS_AT] = Math.min(5, near - 1);
    levels[LIST_SIZE_AT] = listSize;
    levels[NAMESAKES_AT] = namesakes > 1 && haveSameLetters(found[rank]!) ? 1 : 0;
  }
}

/** Doublings of the list beyond the usual size. Below it the floors of the lead take the place of a correction. */
function listSizeLevel(customers: number): number {
  return Math.max(0, Math.min(7, Math.round(Math.log2(customers / USUAL_LIST))));
}

function haveSameLetters({ organizationDocument, customerDocument }: FoundCandidate): boolean {
  if (organizationDocument === null || customerDocument === null) return false;
  return organizationDocument.variant.squashed === customerDocument.variant.squashed;
}
