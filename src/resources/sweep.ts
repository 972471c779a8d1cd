/** What one page told, after its rows were compared with those already seen. @internal */
export interface PageFacts {
  /** Rows in the answer, whatever became of them. */
  readonly rows: number;
  /** Halo's count of all rows, where it sent a credible one. */
  readonly count: number | null;
  readonly bare: boolean;
  readonly duplicates: number;
  readonly withoutId: number;
  /** Whether it holds the same ids in the same order as the page before. */
  readonly repeated: boolean;
}

/** Why a sweep ended. @internal */
export type SweepEnd =
  | 'end-of-list'
  | 'empty-page'
  | 'repeated-page'
  | 'no-new-rows'
  | 'too-many-pages'
  | 'too-many-rows';

/** One reading of a list from its first page to its last; every step makes a new one. @internal */
export interface Sweep {
  /** Page to ask for next. */
  readonly page: number;
  /** Rows to ask for. */
  readonly size: number;
  /** Pages answered in this sweep. */
  readonly answered: number;
  /** Rows read, dropped ones included. */
  readonly sum: number;
  readonly duplicates: number;
  readonly withoutId: number;
  readonly firstCount: number | null;
  readonly lastCount: number | null;
  readonly bare: boolean;
  /** Whether the page to ask for was empty a moment ago. */
  readonly confirming: boolean;
  /** Whether the page to ask for should not exist. */
  readonly probing: boolean;
  /** Pages in a row without a row that is new in this sweep. */
  readonly stale: number;
  /** Why it ended; null while there is more to read. */
  readonly end: SweepEnd | null;
}

/** One page without a new row can be honest, when rows moved; three in a row cannot. */
const MOST_STALE_PAGES = 3;
/**
 * Pages that a list may take for its first count: one row a page, read twice over, and some for short lists. More
 * means that Halo invents pages.
 */
const PAGES_PER_ROW = 2;
const SPARE_PAGES = 10;
/** No list of customers, sites, teams or agents comes near; without a count this is what ends an endless one. */
const MOST_ROWS = 1_000_000;

/** Starts a sweep at its first page. @internal */
export function startSweep(size: number): Sweep {
  return {
    page: 1,
    size,
    answered: 0,
    sum: 0,
    duplicates: 0,
    withoutId: 0,
    firstCount: null,
    lastCount: null,
    bare: false,
    confirming: false,
    probing: false,
    stale: 0,
    end: null,
  };
}

/** Books one page and decides how to go on. @internal */
export function addPage(sweep: Sweep, page: PageFacts): Sweep {
  if (sweep.probing && (page.rows === 0 || page.repeated)) {
    return { ...sweep, end: 'end-of-list' };
  }
  const booked = bookPage(sweep, page);
  if (page.bare && sweep.page === 1) return { ...booked, bare: true, end: 'end-of-list' };
  if (page.rows === 0) return afterEmptyPage(booked, sweep.confirming);
  if (page.repeated) return { ...booked, end: 'repeated-page' };
  if (booked.stale >= MOST_STALE_PAGES) return { ...booked, end: 'no-new-rows' };
  const next = { ...booked, page: sweep.page + 1, size: nextSize(sweep, page), confirming: false };
  if (!hasMore(booked, page.rows >= sweep.size)) {
    return fillsFirstPage(sweep, page) ? { ...next, probing: true } : { ...next, end: 'end-of-list' };
  }
  if (booked.sum >= MOST_ROWS) return { ...next, end: 'too-many-rows' };
  if (booked.answered >= mostPages(booked)) return { ...next, end: 'too-many-pages' };
  return next;
}

/** Whether the list changed its length between the first page and the last. @internal */
export function countMoved({ firstCount, lastCount }: Sweep): boolean {
  return firstCount !== null && lastCount !== null && firstCount !== lastCount;
}

/** Whether the rows add up to a count that stood still. A bare array is the whole list by nature. @internal */
export function checksComplete(sweep: Sweep): boolean {
  if (sweep.end !== 'end-of-list') return false;
  if (sweep.bare) return true;
  return sweep.firstCount !== null && !countMoved(sweep) && sweep.sum === sweep.lastCount;
}

function bookPage(sweep: Sweep, page: PageFacts): Sweep {
  // A page past the end has no rows and the count 0, whatever the list holds; only a first page may say "none".
  const counts = page.rows > 0 || sweep.page === 1;
  const fresh = page.rows - page.duplicates - page.withoutId;
  return {
    ...sweep,
    answered: sweep.answered + 1,
    sum: sweep.sum + page.rows,
    duplicates: sweep.duplicates + page.duplicates,
    withoutId: sweep.withoutId + page.withoutId,
    firstCount: sweep.sum === 0 && counts ? page.count : sweep.firstCount,
    lastCount: counts ? page.count : sweep.lastCount,
    probing: false,
    stale: fresh > 0 ? 0 : sweep.stale + 1,
  };
}

/** Past the last row an empty page is the end; before it, it is asked for once more. */
function afterEmptyPage(sweep: Sweep, confirmed: boolean): Sweep {
  const missing = sweep.lastCount !== null && sweep.sum < sweep.lastCount;
  if (!missing) return { ...sweep, end: 'end-of-list' };
  return confirmed ? { ...sweep, end: 'empty-page' } : { ...sweep, confirming: true };
}

function hasMore({ sum, lastCount }: Sweep, fullPage: boolean): boolean {
  if (lastCount === null || sum < lastCount) return true;
  // More rows than the count says disprove it; a full page then hints at further ones.
  return sum > lastCount && fullPage;
}

/**
 * A first page that is full where the count ends: either the list ends here, or the count is that of the page. Only a
 * look at the next page tells.
 */
function fillsFirstPage(sweep: Sweep, page: PageFacts): boolean {
  return sweep.page === 1 && page.rows === sweep.size;
}

/**
 * Halo may cap the page size and not say so. From the second page on the listing asks for what the first page held, so
 * that page numbers mean the same rows to both sides.
 */
function nextSize(sweep: Sweep, page: PageFacts): number {
  return sweep.page === 1 ? page.rows : sweep.size;
}

function mostPages({ firstCount }: Sweep): number {
  return (firstCount ?? MOST_ROWS) * PAGES_PER_ROW + SPARE_PAGES;
}
