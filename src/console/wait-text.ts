/** Returns a time that a person waits: "less than a second", "42 s", "3 min". The terminal has the same words. */
export function waitText(ms: number): string {
  if (ms < 1000) return 'less than a second';
  return ms < 120_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} min`;
}
