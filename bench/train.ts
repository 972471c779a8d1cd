/**
 * Learns the weights of the evidence: `npm run train -- --data <folder>`.
 *
 * Every figure printed is of a model that never saw the family it is judged on; the table that is written is learned from
 * all families. No randomness: the same data gives the same table.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type LabelledSet, readLabelledSets } from './labelled-sets.ts';
import { renderErrors } from './lib/errors.ts';
import { type JudgedSet, judgeSet } from './lib/judge.ts';
import { learn } from './lib/learn.ts';
import { renderOutOfFamily } from './lib/out-of-family.ts';
import { type QuestionSet, questionsOf } from './lib/questions.ts';
import { writeWeights } from './lib/weights-file.ts';

const HELP = `npm run train -- --data <folder> [options]
  --data <folder>    labelled sets (see bench/README.md)
  --folds <folder>   also writes the weights learned without each family, for npm run bench:mapping -- --folds <folder>
  --errors           also prints the worst mistakes by kind; they are never written to a file
  --no-judge         only learns and writes the table
  --no-write         only judges`;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    data: { type: 'string' },
    folds: { type: 'string' },
    errors: { type: 'boolean', default: false },
    judge: { type: 'boolean', default: true },
    write: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  if (values.data === undefined) throw new Error('Say where the labelled sets are: --data <folder>');
  const labelled = readLabelledSets(values.data);
  const sets = labelled.map(questionsOf);
  if (values.judge) {
    const judged = judgeOutOfFamily(labelled, sets);
    console.log(renderOutOfFamily(judged));
    if (values.errors) console.log(renderErrors(judged));
  }
  if (values.write) writeWeights(learn(sets), sets);
}

/** Each set, decided by weights learned without its family. */
function judgeOutOfFamily(labelled: readonly LabelledSet[], sets: readonly QuestionSet[]): JudgedSet[] {
  const folds = new Map<string, number[]>();
  return labelled.map((set) => {
    const known = folds.get(set.family);
    const weights = known ?? [...learn(sets.filter(({ family }) => family !== set.family))];
    if (known === undefined) {
      folds.set(set.family, weights);
      if (values.folds !== undefined) writeFold(values.folds, set.family, weights);
    }
    return judgeSet(set, weights);
  });
}

function writeFold(folder: string, family: string, weights: readonly number[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${family}.json`), JSON.stringify(weights));
}
