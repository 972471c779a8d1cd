import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EVIDENCE_KINDS, KIND_OFFSETS } from '../../src/mapping/evidence-kinds.ts';

const FILE = fileURLToPath(new URL('../../src/mapping/weights.ts', import.meta.url));

/** Steps of a weight of 1. Finer ones change no decision, and every figure is paid for in the size of the package. */
const STEPS = 20;

/** Writes the table of weights that the package ships, with where it comes from. */
export function writeWeights(weights: Float64Array, sets: readonly { readonly name: string }[]): void {
  const lines = EVIDENCE_KINDS.map(({ kind }, at) => {
    const values = [...weights.slice(KIND_OFFSETS[at]!, KIND_OFFSETS[at + 1]!)].map((value) =>
      Math.round(value * STEPS),
    );
    return `  // ${kind}\n  ${values.join(', ')},`;
  });
  const text = `// Written by \`npm run train\`; do not edit. Learned from ${sets.map(({ name }) => name).join(', ')}.
// Third-party labels: the data stays outside this repository, the table below is all that is taken from it.

/** Weight of every level of every kind of evidence, in ${STEPS}ths of a unit of log-odds. */
// biome-ignore format: one kind a line
const STEPS = [
${lines.join('\n')}
];

/** Weight of every level of every kind of evidence, in log-odds. @internal */
export const EVIDENCE_WEIGHTS: readonly number[] = STEPS.map((steps) => steps / ${STEPS});
`;
  writeFileSync(FILE, text);
}
