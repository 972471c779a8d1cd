import { parseArgs } from 'node:util';
import {
  CARDINALITIES,
  DEFAULT_EXAMPLES,
  type DemoArguments,
  demoArguments,
} from '../../src/cli/demo/demo-arguments.ts';
import { InputError } from '../../src/cli/input/input-error.ts';

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

Both lists may also have the columns aliases, domains, phones, postal_codes, azure_tenant_id and
inactive. Several values in one cell are separated by "|" or ";". The separator of a file is a comma, a
semicolon or a tab; UTF-8.
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
  const { help, ...options } = parseOptions(args);
  return help ? 'help' : demoArguments(options);
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's first sentence names the option; the rest advises on "--", which does not help here.
    const [problem] = (error as Error).message.split(/(?<=')\. |\.?\n/);
    const known = Object.keys(OPTIONS).map((name) => `--${name}`);
    throw new InputError(`${problem!.replace(/\.$/, '')}. Options are ${known.join(', ')}; see --help.`);
  }
}
