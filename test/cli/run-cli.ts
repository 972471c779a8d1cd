import { Writable } from 'node:stream';
import { expect } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { run } from '../../src/cli/main.ts';
import { createPrinter, type OutputStream } from '../../src/cli/output/printer.ts';
import type { Choice, Prompts } from '../../src/cli/prompts.ts';
import type { FakeHaloServer } from '../../src/testing/index.ts';
import { findLeaks } from '../support/canary.ts';

/** What a command line ended with. */
export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The world of one command line. */
export interface CliWorld {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  /** What a person does, in order; without it there is no person. */
  readonly person?: Person;
  /** Makes standard error a terminal, which shows progress. */
  readonly isTerminal?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
}

/** Keys to press, words to type into searches, and secrets to type. */
export interface Person {
  readonly keys?: readonly string[];
  readonly searches?: readonly string[];
  readonly secret?: string;
  /** Takes down which secrets were asked for. */
  readonly asked?: string[];
}

/**
 * Runs a command line in this process, as `npx halo-psa` would. Whatever it does, it prints no secret that it was given,
 * on neither stream.
 *
 * @param secrets those that are not in the environment and not typed: of files
 */
export async function cli(
  args: readonly string[],
  world: CliWorld = {},
  secrets: readonly string[] = [],
): Promise<CliRun> {
  const out = new TextStream(false, world.columns);
  const err = new TextStream(world.isTerminal, world.columns);
  const context: CliContext = {
    out: createPrinter(out),
    err: createPrinter(err),
    prompts: scripted(world.person),
    env: world.env ?? {},
    cwd: world.cwd ?? '/nowhere',
    signal: world.signal ?? new AbortController().signal,
    now: world.now ?? (() => new Date('2026-11-26T09:00:00Z')),
  };
  const code = await run(args, context);
  const printed = { out: out.text, err: err.text };
  expect(findLeaks(printed, [...secretsOf(world), ...secrets])).toEqual([]);
  return { code, ...printed };
}

function secretsOf({ env = {}, person }: CliWorld): string[] {
  const variables = Object.entries(env).filter(([name]) => name.endsWith('_CLIENT_SECRET'));
  const values = [...variables.map(([, value]) => value), person?.secret];
  return values.filter((value) => value !== undefined && value.trim() !== '') as string[];
}

/** The environment of somebody whose Halo is this server. */
export function environmentOf({ config }: FakeHaloServer, prefix = 'HALO'): Record<string, string> {
  return {
    [`${prefix}_RESOURCE_SERVER`]: config.resourceServer,
    [`${prefix}_CLIENT_ID`]: config.clientId,
    [`${prefix}_CLIENT_SECRET`]: String(config.clientSecret),
    [`${prefix}_ON_PREMISE`]: 'true',
    [`${prefix}_ALLOW_INSECURE_HTTP`]: 'true',
  };
}

class TextStream extends Writable implements OutputStream {
  readonly isTTY: boolean;
  readonly columns: number;
  text = '';

  constructor(isTTY = false, columns = 110) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

function scripted(person: Person | undefined): Prompts {
  const keys = [...(person?.keys ?? [])];
  const searches = [...(person?.searches ?? [])];
  const key = async (allowed: ReadonlySet<string>) => {
    const next = keys.shift();
    if (next === undefined || !allowed.has(next))
      throw new Error(`the person presses ${next}, expected one of ${[...allowed].join(' ')}`);
    return next;
  };
  return {
    isInteractive: person !== undefined,
    key,
    confirm: async () => (await key(new Set(['y', 'n']))) === 'y',
    password: async (message) => {
      person?.asked?.push(message);
      return person?.secret ?? '';
    },
    async search<Value>(_message: string, find: (term: string | undefined) => readonly Choice<Value>[]) {
      const [first] = find(searches.shift());
      return first!.value;
    },
  };
}
