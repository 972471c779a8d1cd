import type { Printer } from './printer.ts';

/** Characters that JSON leaves as they are, and that could steer a terminal or turn a line. */
const UNSAFE = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/** Returns a value as JSON that is harmless on a terminal and still means the same. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Prints a value as indented JSON. */
export function printJson(out: Printer, value: unknown): Promise<void> {
  return out.line(safeJson(value, 2));
}
