/** The whole way once, on this machine: sign in, list customers, suggest mappings, compare with the truth. `npm run demo`. */
import { HELP, parseArguments } from './demo/arguments.ts';
import { DemoError } from './demo/demo-error.ts';
import { runDemo } from './demo/run-demo.ts';
import { paint, printable } from './demo/text.ts';

try {
  const options = parseArguments(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else await runDemo(options, (text) => console.log(text));
} catch (error) {
  // Only mistakes in the input are told in one line; a stack of anything else is worth having.
  if (!(error instanceof DemoError)) throw error;
  console.error(`${paint('red', 'Cannot run the demo:', process.stderr)} ${printable(error.message)}`);
  process.exitCode = 1;
}
