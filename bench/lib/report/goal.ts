/** A figure, what the project set itself for it, and what was measured. */
export type Goal = readonly [figure: string, goal: string, measured: string];
