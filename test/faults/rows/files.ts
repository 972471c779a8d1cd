import { type FaultRow, leftOut } from '../fault-case.ts';

export const fileRows: readonly FaultRow[] = [
  leftOut(123, 'files', 'mapping files: killed, full, read-only, shared, damaged', 'not built (later)'),
];
