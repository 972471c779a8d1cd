/** What the program ends with. `docs/cli.md` has the same table. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** It ran, and what it looked at is not in order: `verify`, `check`. */
  notInOrder: 1,
  /** The command line or the settings cannot be used; nothing was sent. */
  usage: 2,
  /** Halo refused, or could not be reached. */
  halo: 3,
  /** A file cannot be read, understood or written. */
  file: 4,
  /** Someone else has saved a mapping that the pending decisions contradict. */
  conflict: 5,
  /** A defect of this program. */
  internal: 70,
  /** Stopped with Ctrl-C. */
  interrupted: 130,
  /** Stopped by SIGTERM. */
  terminated: 143,
} as const;

/** One of the numbers above. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
