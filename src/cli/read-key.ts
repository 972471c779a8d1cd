import { emitKeypressEvents, type Key } from 'node:readline';
import { EXIT } from './exit-codes.ts';
import { Interruption } from './interruption.ts';
import type { PromptStreams } from './prompts.ts';

/** Waits for one of the keys on a terminal. Ctrl-C, which raw mode hands over as a key, stops the program. */
export function readKey(
  input: PromptStreams['input'],
  allowed: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<string> {
  emitKeypressEvents(input);
  input.setRawMode?.(true);
  input.resume();
  return new Promise<string>((resolve, reject) => {
    const onKey = (character: string | undefined, key: Key) => {
      if (key.ctrl === true && key.name === 'c') {
        done();
        reject(new Interruption('Stopped.', EXIT.interrupted));
      } else if (character !== undefined && allowed.has(character)) {
        done();
        resolve(character);
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
    if (signal.aborted) onAbort();
  });
}
