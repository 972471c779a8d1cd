/** Returns at most `count` rows, spread evenly over the list: a set may be ordered, its rows without a match first. */
export function spreadSample<Row>(rows: readonly Row[], count: number): Row[] {
  const step = Math.max(1, Math.floor(rows.length / count));
  return rows.filter((_, at) => at % step === 0).slice(0, count);
}
