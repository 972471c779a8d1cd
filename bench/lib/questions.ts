import { CandidateFinder } from '../../src/mapping/candidates.ts';
import { buildCustomerIndex } from '../../src/mapping/customer-index.ts';
import { EVIDENCE_KINDS, KIND_OFFSETS } from '../../src/mapping/evidence-kinds.ts';
import { parseName } from '../../src/mapping/parse-name.ts';
import type { LabelledSet } from '../labelled-sets.ts';
import { drain } from './drain.ts';

/** Kinds of evidence about names: as many weights add up to the score of a candidate. */
export const KINDS = EVIDENCE_KINDS.length;

/** One organization: the evidence of its candidates and which of them are right. */
export interface Question {
  readonly organization: string;
  readonly customers: readonly string[];
  /** Flat weight indices, KINDS per candidate. */
  readonly features: Int32Array;
  readonly count: number;
  readonly right: readonly number[];
  readonly hasMatch: boolean;
  /** Left out of learning, see `markMisleading`. */
  isMisleading: boolean;
}

/** A labelled set as questions. */
export interface QuestionSet {
  readonly name: string;
  readonly family: string;
  readonly questions: readonly Question[];
  readonly withMatch: number;
}

/** Asks every organization of a set and keeps the levels of the evidence. */
export function questionsOf(set: LabelledSet): QuestionSet {
  const questions = set.pairs ? pairQuestions(set.pairs) : listQuestions(set);
  return {
    name: set.name,
    family: set.family,
    questions,
    withMatch: questions.filter(({ hasMatch }) => hasMatch).length,
  };
}

function listQuestions(set: LabelledSet): Question[] {
  const finder = new CandidateFinder(
    drain(buildCustomerIndex(set.customers.map(({ name }) => parseName(name)))),
  );
  const ids = set.customers.map(({ id }) => id);
  const questions = set.organizations.map(({ id, name }) =>
    question(finder, id, name, ids, set.accepted.get(id)),
  );
  markMisleading(set, questions);
  return questions;
}

function pairQuestions(pairs: NonNullable<LabelledSet['pairs']>): Question[] {
  // "A screening label": one-letter edits that make another company are called a match there.
  const judged = pairs.filter(({ category }) => category !== 'LLM-proposed deviation');
  return judged.map(({ left, right, isMatch }) => {
    const finder = new CandidateFinder(drain(buildCustomerIndex([parseName(right)])));
    return question(finder, 'pair', left, ['pair'], isMatch ? new Set(['pair']) : undefined, [0]);
  });
}

function question(
  finder: CandidateFinder,
  organization: string,
  name: string,
  ids: readonly string[],
  accepted: ReadonlySet<string> | undefined,
  extra: readonly number[] = [],
): Question {
  const found = finder.find(parseName(name), extra);
  const features = new Int32Array(found.length * KINDS);
  const right: number[] = [];
  found.forEach(({ customer, facts }, at) => {
    for (let kind = 0; kind < KINDS; kind++)
      features[at * KINDS + kind] = KIND_OFFSETS[kind]! + facts.levels[kind]!;
    if (accepted?.has(ids[customer]!)) right.push(at);
  });
  return {
    organization,
    customers: found.map(({ customer }) => ids[customer]!),
    features,
    count: found.length,
    right,
    hasMatch: accepted !== undefined,
    isMisleading: false,
  };
}

/**
 * Some sets dropped the organizations whose customer has the identical name and so keep an identical name only where the
 * label says "another one". Learned from, that would teach that identical names are a bad sign.
 */
function markMisleading(set: LabelledSet, questions: readonly Question[]): void {
  const misleading = misleadingRows(set);
  if (misleading.size === 0) return;
  for (const question of questions) if (misleading.has(question.organization)) question.isMisleading = true;
  console.log(`${set.name}: ${misleading.size} questions with an identical name left out of learning`);
}

/** Organizations of a set that dropped identical names, which still have a customer of the identical name. */
export function misleadingRows(set: LabelledSet): Set<string> {
  const namesakes = new Map<string, string[]>();
  for (const { id, name } of set.customers) {
    const key = plain(name);
    namesakes.set(key, [...(namesakes.get(key) ?? []), id]);
  }
  const identical = set.organizations.filter(({ name }) => namesakes.has(plain(name)));
  const kept = identical.filter(({ id, name }) =>
    namesakes.get(plain(name))!.some((customer) => set.accepted.get(id)?.has(customer)),
  );
  return kept.length * 2 < identical.length ? new Set(identical.map(({ id }) => id)) : new Set();
}

function plain(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return letters
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
