/** What a secret prints and serialises as. */
export const REDACTED = '[redacted]';

/** A value that cannot be printed by accident. */
export interface Secret {
  /** The value itself, for the one place that sends it. */
  reveal(): string;
}
