import { pageWidth, paint } from './text.ts';

type Format = Parameters<typeof paint>[0];

/** A stream to print to: a terminal, a pipe, or a test's. */
export type OutputStream = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** Prints to one stream, as fast as its reader reads. */
export interface Printer {
  /** Writes text as it is; resolves when there is room for more. */
  write(text: string): Promise<void>;
  /** Writes text and a line break. */
  line(text?: string): Promise<void>;
  /** Sets a text off where the stream shows colours. */
  paint(format: Format, text: string): string;
  /** Whether a person looks at it. */
  readonly isTerminal: boolean;
  /** Columns to print at, 60 to 110. */
  readonly width: number;
}

/** Returns a printer for a stream. Errors of the stream are its owner's business, so that a broken pipe is told once. */
export function createPrinter(stream: OutputStream): Printer {
  return new StreamPrinter(stream);
}

class StreamPrinter implements Printer {
  readonly #stream: OutputStream;
  /** Resolves when a slow reader has read on, or has gone; shared by all who wait. */
  #room: Promise<void> | undefined;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  get width(): number {
    return pageWidth(this.#stream.columns);
  }

  paint(format: Format, text: string): string {
    return paint(format, text, this.#stream);
  }

  line(text = ''): Promise<void> {
    return this.write(`${text}\n`);
  }

  write(text: string): Promise<void> {
    if (this.#stream.write(text)) return Promise.resolve();
    this.#room ??= this.#waitForRoom().finally(() => {
      this.#room = undefined;
    });
    return this.#room;
  }

  #waitForRoom(): Promise<void> {
    return new Promise((resolve) => {
      const events = ['drain', 'close', 'error'] as const;
      const go = () => {
        for (const event of events) this.#stream.off(event, go);
        resolve();
      };
      for (const event of events) this.#stream.on(event, go);
    });
  }
}
