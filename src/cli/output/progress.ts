import { waitText } from '../../console/wait-text.ts';
import type { HaloLogger } from '../../index.ts';
import type { Printer } from './printer.ts';

/** A line that says how far a reading is, on a terminal; elsewhere long waits only, since logs are read later. */
export interface Progress {
  /** Puts a text in the place of the last one. */
  show(text: string): void;
  /** Takes the line away, before anything else is printed. */
  clear(): void;
  /** Shows the waits of a client. */
  readonly logger: HaloLogger;
}

/** More often than this is flicker. */
const SHORTEST_INTERVAL_MS = 100;
const TO_START_AND_ERASE = '\r\u001B[K';

/** Returns a progress line on a printer. */
export function createProgress(err: Printer, now: () => Date): Progress {
  let shownAtMs = Number.NEGATIVE_INFINITY;
  let isShown = false;
  const put = (text: string) => {
    void err.write(`${TO_START_AND_ERASE}${err.paint('dim', text.slice(0, err.width - 1))}`);
    isShown = true;
  };
  const clear = () => {
    if (isShown) void err.write(TO_START_AND_ERASE);
    isShown = false;
  };
  return {
    show(text) {
      const atMs = now().getTime();
      if (!err.isTerminal || atMs - shownAtMs < SHORTEST_INTERVAL_MS) return;
      shownAtMs = atMs;
      put(text);
    },
    clear,
    logger: {
      warn(message, { waitMs }) {
        if (typeof waitMs !== 'number') return;
        const text = `${message}: ${waitText(waitMs)}. Ctrl-C stops.`;
        if (err.isTerminal) put(text);
        else void err.line(text);
      },
    },
  };
}
