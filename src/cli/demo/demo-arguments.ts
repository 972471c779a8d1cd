import { InputError } from '../input/input-error.ts';
import { exampleFile } from './example-file.ts';

/** Whether one customer may be several organizations. */
export const CARDINALITIES = ['one-to-one', 'many-to-one'] as const;

/** What to run the demo on. */
export interface DemoArguments {
  readonly organizations: string;
  readonly customers: string;
  /** Null when the right answers are not known. */
  readonly truth: string | null;
  readonly cardinality: (typeof CARDINALITIES)[number];
  /** How many suggestions of each status are shown. */
  readonly examples: number;
  /** Whether the lists are the ones that come with the package. */
  readonly bundled: boolean;
}

/** Options of the demo as a command line has them. */
export interface DemoOptions {
  readonly organizations?: string | undefined;
  readonly customers?: string | undefined;
  readonly truth?: string | undefined;
  readonly cardinality?: string | undefined;
  readonly examples?: string | undefined;
}

/** Enough to see what kind of row has which status, few enough to read. */
export const DEFAULT_EXAMPLES = 2;
const MOST_EXAMPLES = 10_000;

/**
 * Returns what the options ask for.
 *
 * @throws {InputError} when they do not fit together
 */
export function demoArguments({
  organizations,
  customers,
  truth,
  cardinality,
  examples,
}: DemoOptions): DemoArguments {
  const bundled = organizations === undefined && customers === undefined;
  if (bundled && truth !== undefined) {
    throw new InputError('--truth needs --organizations and --customers, the lists that it speaks about.');
  }
  if (!bundled && organizations === undefined)
    throw new InputError('--customers needs --organizations FILE.csv as well.');
  if (!bundled && customers === undefined)
    throw new InputError('--organizations needs --customers FILE.csv as well.');
  return {
    organizations: organizations ?? exampleFile('organizations.csv'),
    customers: customers ?? exampleFile('customers.csv'),
    truth: truth ?? (bundled ? exampleFile('truth.csv') : null),
    cardinality: readCardinality(cardinality),
    examples: readExamples(examples),
    bundled,
  };
}

function readCardinality(word: string | undefined): DemoArguments['cardinality'] {
  const known = CARDINALITIES.find((cardinality) => cardinality === (word ?? CARDINALITIES[0]));
  if (!known) throw new InputError(`--cardinality is ${CARDINALITIES.join(' or ')}, not "${word}".`);
  return known;
}

function readExamples(text: string | undefined): number {
  const count = Number(text ?? DEFAULT_EXAMPLES);
  if (text?.trim() === '' || !Number.isInteger(count) || count < 1 || count > MOST_EXAMPLES) {
    throw new InputError(`--examples is a whole number from 1 to ${MOST_EXAMPLES}, not "${text}".`);
  }
  return count;
}
