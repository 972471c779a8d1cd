import { type LabelledSet, readLabelledSets } from '../labelled-sets.ts';
import type { Budget } from './accuracy.ts';
import { generatedLists } from './generated-lists.ts';

/** Two minutes a set, as long as a person would wait; slower peers get 400 of the organizations. */
export const PEER_BUDGET: Budget = { peerMs: 120_000, fewOrganizations: 400 };

/** What a large provider of managed services has. */
const USUAL_SIZE = 2000;

/** The labelled sets of the folder, and generated lists of the usual size. */
export function setsToCompare(folder: string | undefined): LabelledSet[] {
  return [...(folder === undefined ? [] : readLabelledSets(folder)), generatedLists(USUAL_SIZE)];
}
