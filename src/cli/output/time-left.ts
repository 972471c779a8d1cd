/** What is known about a reading under way. */
export interface ReadingSoFar {
  readonly received: number;
  /** Null where Halo does not tell. */
  readonly expected: number | null;
  readonly pages: number;
  readonly elapsedMs: number;
  /** What the rate limit allows: requests per window, and how many of them are used. */
  readonly budget: { readonly capacity: number; readonly used: number; readonly windowMs: number };
}

/** Returns how long the rest of a list will take, in milliseconds; null where that cannot be said. */
export function timeLeftMs({ received, expected, pages, elapsedMs, budget }: ReadingSoFar): number | null {
  if (expected === null || received === 0 || pages === 0) return null;
  const rowsLeft = Math.max(0, expected - received);
  const pagesLeft = Math.ceil(rowsLeft / (received / pages));
  const readingMs = (elapsedMs / pages) * pagesLeft;
  const beyondBudget = pagesLeft - Math.max(0, budget.capacity - budget.used);
  const windows = beyondBudget > 0 ? Math.ceil(beyondBudget / budget.capacity) : 0;
  return readingMs + windows * budget.windowMs;
}
