import { emitKeypressEvents, type Key } from 'node:readline';
import { EXIT } from './exit-codes.ts';
import { Interruption } from './interruption.ts';
import type { PromptStreams } from './prompts.ts';

/** Reads single keys from a terminal, in the order in which they were pressed. */
export class KeyReader {
  readonly #input: PromptStreams['input'];
  readonly #signal: AbortSignal;
  /** Keys that came together with the last one that was waited for. */
  #ahead: string[] = [];

  constructor(input: PromptStreams['input'], signal: AbortSignal) {
    this.#input = input;
    this.#signal = signal;
  }

  /** Waits for one of the keys. Ctrl-C, which raw mode hands over as a key, stops the program. */
  async next(allowed: ReadonlySet<string>): Promise<string> {
    for (let key = this.#ahead.shift(); key !== undefined; key = this.#ahead.shift())
      if (allowed.has(key)) return key;
    this.#signal.throwIfAborted();
    return this.#wait(allowed);
  }

  #wait(allowed: ReadonlySet<string>): Promise<string> {
    const input = this.#input;
    const signal = this.#signal;
    emitKeypressEvents(input);
    input.setRawMode?.(true);
    input.resume();
    return new Promise<string>((resolve, reject) => {
      let found: string | undefined;
      const onKey = (character: string | undefined, key: Key) => {
        if (key.ctrl === true && key.name === 'c') {
          done();
          reject(new Interruption('Stopped.', EXIT.interrupted));
        } else if (character !== undefined && found !== undefined) this.#ahead.push(character);
        else if (character !== undefined && allowed.has(character)) {
          found = character;
          // The rest of what was typed at once follows before this runs.
          queueMicrotask(() => {
            done();
            resolve(character);
          });
        }
      };
      const onAbort = () => {
        done();
        reject(signal.reason);
      };
      const done = () => {
        input.off('keypress', onKey);
        signal.removeEventListener('abort', onAbort);
        input.setRawMode?.(false);
        input.pause();
      };
      input.on('keypress', onKey);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}
