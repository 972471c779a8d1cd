import type { Readable } from 'node:stream';
import { KeyReader } from './read-key.ts';
import { UsageError } from './usage-error.ts';

/** A row that the search prompt offers. */
export interface Choice<Value> {
  readonly name: string;
  readonly value: Value;
  readonly description?: string;
}

/** Asks the person at the terminal. Questions go to standard error. */
export interface Prompts {
  /** Whether there is a person to ask. */
  readonly isInteractive: boolean;
  /** Asks for y or n. */
  confirm(message: string): Promise<boolean>;
  /** Asks for a text that is not shown. */
  password(message: string): Promise<string>;
  /** Offers what a search finds, as the person types. */
  search<Value>(
    message: string,
    find: (term: string | undefined) => readonly Choice<Value>[],
  ): Promise<Value>;
  /** Waits for one of the keys, by its character. */
  key(allowed: ReadonlySet<string>): Promise<string>;
}

const YES_OR_NO = new Set(['y', 'n']);

/** Streams that prompts talk through. */
export interface PromptStreams {
  readonly input: Readable & { isTTY?: boolean; setRawMode?: (on: boolean) => unknown };
  readonly output: NodeJS.WritableStream;
}

/** Returns prompts for a terminal; their library is loaded with the first question. */
export function createPrompts({ input, output }: PromptStreams, signal: AbortSignal): Prompts {
  const context = { input, output, signal };
  const library = () => import('./prompt-library.ts');
  const keys = new KeyReader(input, signal);
  const requireTerminal = (message: string) => {
    if (input.isTTY !== true) {
      throw new UsageError(`Cannot ask "${message}", because the input is no terminal`);
    }
  };
  return {
    isInteractive: input.isTTY === true,
    async confirm(message) {
      requireTerminal(message);
      output.write(`${message} (y/n) `);
      const key = await keys.next(YES_OR_NO);
      const isYes = key === 'y';
      output.write(isYes ? 'yes\n' : 'no\n');
      return isYes;
    },
    async password(message) {
      requireTerminal(message);
      return (await library()).password({ message, mask: '*' }, context);
    },
    async search(message, find) {
      requireTerminal(message);
      return (await library()).search({ message, source: (term) => [...find(term)] }, context);
    },
    async key(allowed) {
      requireTerminal('press a key');
      return keys.next(allowed);
    },
  };
}
