import { HaloListingError, type HaloListingErrorCode, type ListingReport } from '../errors.ts';
import type { PassProgress } from './listing-pass.ts';
import { countMoved, type Sweep, type SweepEnd } from './sweep.ts';

interface Reason {
  readonly code: HaloListingErrorCode;
  readonly what: string;
  readonly hint: string;
  /** Whether listing again may go better without a change. */
  readonly retryable: boolean;
}

const RESUME =
  'List again with { from: error.report.cursor }, or accept what came with { allowIncomplete: true }.';
const IGNORED_PAGE_NO =
  'This Halo seems to ignore page numbers here: ask for all rows in one page with a larger pageSize.';

/** Why a list ended before all of it was read. */
const CUT_SHORT: Readonly<Record<Exclude<SweepEnd, 'end-of-list'>, Reason>> = {
  'empty-page': {
    code: 'HALO_LISTING_INCOMPLETE',
    what: 'Halo sent an empty page twice before its own count was reached',
    hint: RESUME,
    retryable: true,
  },
  'repeated-page': {
    code: 'HALO_LISTING_NO_PROGRESS',
    what: 'Halo sent the same page twice',
    hint: IGNORED_PAGE_NO,
    retryable: false,
  },
  'no-new-rows': {
    code: 'HALO_LISTING_NO_PROGRESS',
    what: 'three pages in a row held no new row',
    hint: IGNORED_PAGE_NO,
    retryable: false,
  },
  'too-many-pages': {
    code: 'HALO_LISTING_NO_PROGRESS',
    what: 'Halo sent far more pages than its own count allows',
    hint: RESUME,
    retryable: false,
  },
  'too-many-rows': {
    code: 'HALO_LISTING_NO_PROGRESS',
    what: 'the list is longer than a million rows',
    hint: 'Narrow the list with a query.',
    retryable: false,
  },
};

/** Builds the error for a list that did not check complete. @internal */
export function listingError(
  { sweep, context }: PassProgress,
  report: ListingReport,
  operation: string,
): HaloListingError {
  const { code, what, hint, retryable } = reasonFor(sweep);
  const of = report.expected === null ? '' : ` of ${report.expected}`;
  return new HaloListingError({
    code,
    summary: `${operation} is not complete, ${report.received}${of} rows: ${what}`,
    hint,
    retryable,
    ...context,
    report,
  });
}

function reasonFor(sweep: Sweep): Reason {
  if (sweep.end !== null && sweep.end !== 'end-of-list') return CUT_SHORT[sweep.end];
  const incomplete = { code: 'HALO_LISTING_INCOMPLETE' } as const;
  if (countMoved(sweep)) {
    const what = 'rows were added or removed while it was read, and again when it was read once more';
    return {
      ...incomplete,
      what,
      hint: 'List again at a quieter time, or with { sweeps: 3 }.',
      retryable: true,
    };
  }
  if (sweep.firstCount === null || sweep.lastCount === null) {
    const what = 'Halo sent no usable record_count to check the rows against';
    return {
      ...incomplete,
      what,
      hint: 'Accept what came with { allowIncomplete: true }.',
      retryable: false,
    };
  }
  const what = `Halo counts ${sweep.lastCount} and sent ${sweep.sum}`;
  return {
    ...incomplete,
    what,
    hint: 'List again, or accept what came with { allowIncomplete: true }.',
    retryable: true,
  };
}
