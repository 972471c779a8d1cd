import { type Command, Option } from 'commander';
import type { CliContext } from './context.ts';
import { CARDINALITIES } from './demo/demo-arguments.ts';
import type { MappingFileOptions } from './pending/mapping-files.ts';

/** Adds `--mapping`, and where no connection is made the options that its default depends on. */
export function addMappingOption(command: Command): Command {
  return command.option(
    '--mapping <file>',
    'the mapping (default: mapping.json, with --instance uk mapping-uk.json)',
  );
}

/** Adds the options of a command that works on a mapping without a connection. */
export function addMappingFileOptions(command: Command): Command {
  return addMappingOption(command)
    .option('--instance <name>', 'the mapping of one of several Halos')
    .option('--demo', 'the mapping of the embedded Halo');
}

/** Options of the engine. */
export interface MatchingOptions {
  readonly cardinality?: (typeof CARDINALITIES)[number] | undefined;
}

/** Adds `--cardinality`. */
export function addCardinalityOption(command: Command): Command {
  return command.addOption(
    new Option('--cardinality <word>', 'whether one customer may be several organizations')
      .choices(CARDINALITIES)
      .default(CARDINALITIES[0]),
  );
}

/** Who decides. */
export interface DeciderOptions {
  readonly by?: string | undefined;
}

/** Adds `--by`. */
export function addByOption(command: Command): Command {
  return command.option('--by <name>', 'who decides, as the mapping keeps it (default: your user name)');
}

/** Returns who decides, and when. */
export function deciderOf({ by }: DeciderOptions, { env, now }: CliContext) {
  const name = by ?? env.USER ?? env.USERNAME;
  return { at: now().toISOString(), ...(name !== undefined && name !== '' && { by: name }) };
}

/** Whether a customer may be mapped to several organizations. */
export function isManyToOne({ cardinality }: MatchingOptions): boolean {
  return cardinality === 'many-to-one';
}

/** Returns the command line of another command on the same mapping, for a person to type next. */
export function nextCommand(
  words: string,
  { demo, instance, mapping }: MappingFileOptions,
  { env }: Pick<CliContext, 'env'>,
): string {
  const options = [
    demo === true ? ' --demo' : '',
    instance === undefined ? '' : ` --instance ${instance}`,
    mapping === undefined ? '' : ` --mapping ${shellWord(mapping)}`,
  ];
  // npm says so to what npx and scripts start; then the program alone is probably in no PATH of the person's.
  const program = env.npm_command === undefined ? 'halo-psa' : 'npx halo-psa';
  return `${program} ${words}${options.join('')}`;
}

/** Returns a path as one word of a command line; every shell knows double quotes. */
export function shellWord(path: string): string {
  return /^[\w./\\:~+@-]+$/.test(path) ? path : `"${path}"`;
}
