import type { FaultRow } from './fault-case.ts';
import { answerRows } from './rows/answers.ts';
import { fileRows } from './rows/files.ts';
import { hostRows } from './rows/hosts.ts';
import { limitRows } from './rows/limits.ts';
import { tlsRows } from './rows/tls.ts';
import { tokenRows } from './rows/token.ts';
import { transportRows } from './rows/transport.ts';

/** Every fault, in the order of its number; those of TLS come last but one. */
export const matrix: readonly FaultRow[] = [
  ...tokenRows,
  ...transportRows,
  ...answerRows,
  ...limitRows,
  ...hostRows,
  ...fileRows,
  ...tlsRows,
];
