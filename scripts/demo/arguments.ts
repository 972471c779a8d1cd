import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DemoError } from './demo-error.ts';

const CARDINALITIES = ['one-to-one', 'many-to-one'] as const;

/** What to run the demo on. */
export interface DemoArguments {
  readonly organizations: string;
  readonly customers: string;
  /** Null when the right answers are not known. */
  readonly truth: string | null;
  readonly cardinality: (typeof CARDINALITIES)[number];
  /** How many suggestions of each status are shown. */
  readonly examples: number;
  /** Whether the lists are the ones that come with the project. */
  readonly bundled: boolean;
}

/** Enough to see what kind of row has which status, few enough to read. */
const DEFAULT_EXAMPLES = 2;
const MOST_EXAMPLES = 10_000;

export const HELP = `Lists customers from a fake Halo on this machine and suggests which organization is which customer.

Usage
  npm run demo
  npm run demo -- --organizations FILE.csv --customers FILE.csv [--truth FILE.csv]

Options
  --organizations FILE   Your list, with the columns id and name
  --customers FILE       The customers as Halo holds them, with the columns id and name
  --truth FILE           The right answers, with the columns organization_id and customer_id
                         (customer_id is empty where there is no such customer); adds the score
  --cardinality WORD     ${CARDINALITIES.join(' or ')}: whether one customer may be several
                         organizations (default: ${CARDINALITIES[0]})
  --examples N           Suggestions shown per status (default: ${DEFAULT_EXAMPLES})
  -h, --help             This text

Both lists may also have the columns aliases, domains, phones, postal_codes and inactive. Several values
in one cell are separated by "|" or ";". The separator of a file is a comma, a semicolon or a tab; UTF-8.
Without files, the demo uses the lists in examples/data. Nothing leaves this machine.`;

const OPTIONS = {
  organizations: { type: 'string' },
  customers: { type: 'string' },
  truth: { type: 'string' },
  cardinality: { type: 'string' },
  examples: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Returns what the command line asks for; `'help'` for the help text. */
export function parseArguments(args: readonly string[]): DemoArguments | 'help' {
  const values = parseOptions(args);
  if (values.help) return 'help';
  const { organizations, customers, truth } = values;
  const bundled = organizations === undefined && customers === undefined;
  if (bundled && truth !== undefined) {
    throw new DemoError('--truth needs --organizations and --customers, the lists that it speaks about.');
  }
  if (!bundled && organizations === undefined)
    throw new DemoError('--customers needs --organizations FILE.csv as well.');
  if (!bundled && customers === undefined)
    throw new DemoError('--organizations needs --customers FILE.csv as well.');
  return {
    organizations: organizations ?? bundledFile('organizations.csv'),
    customers: customers ?? bundledFile('customers.csv'),
    truth: truth ?? (bundled ? bundledFile('truth.csv') : null),
    cardinality: readCardinality(values.cardinality),
    examples: readExamples(values.examples),
    bundled,
  };
}

/** Returns the path of a file in `examples/data`. */
export function bundledFile(name: string): string {
  return fileURLToPath(new URL(`../../examples/data/${name}`, import.meta.url));
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's first sentence names the option; the rest advises on "--", which does not help here.
    const [problem] = (error as Error).message.split(/(?<=')\. |\.?\n/);
    const known = Object.keys(OPTIONS).map((name) => `--${name}`);
    throw new DemoError(`${problem!.replace(/\.$/, '')}. Options are ${known.join(', ')}; see --help.`);
  }
}

function readCardinality(word: string | undefined): DemoArguments['cardinality'] {
  const known = CARDINALITIES.find((cardinality) => cardinality === (word ?? CARDINALITIES[0]));
  if (!known) throw new DemoError(`--cardinality is ${CARDINALITIES.join(' or ')}, not "${word}".`);
  return known;
}

function readExamples(text: string | undefined): number {
  const count = Number(text ?? DEFAULT_EXAMPLES);
  if (text?.trim() === '' || !Number.isInteger(count) || count < 1 || count > MOST_EXAMPLES) {
    throw new DemoError(`--examples is a whole number from 1 to ${MOST_EXAMPLES}, not "${text}".`);
  }
  return count;
}
