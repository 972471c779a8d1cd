/** The whole way once, on this machine: sign in, list customers, suggest mappings, compare with the truth. `npm run demo`. */
import { runDemo } from '../src/cli/demo/run-demo.ts';
import { InputError } from '../src/cli/input/input-error.ts';
import { paint, printable } from '../src/cli/output/text.ts';
import { HELP, parseArguments } from './demo/arguments.ts';

try {
  const options = parseArguments(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else await runDemo(options, (text) => console.log(text));
} catch (error) {
  // Only mistakes in the input are told in one line; a stack of anything else is worth having.
  if (!(error instanceof InputError)) throw error;
  console.error(`${paint('red', 'Cannot run the demo:', process.stderr)} ${printable(error.message)}`);
  process.exitCode = 1;
}
