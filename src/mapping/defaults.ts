/**
 * Defaults that follow from the calibration (figures in docs/engine.md). From `matched` on, with the levels that call for
 * a person held back, at least 99 of 100 proposals were right over six labelled sets (but for homonyms that one of them
 * kept on purpose). From `review` on a look pays: below it two names that only share a surname would be proposed.
 */
export const DEFAULT_THRESHOLDS = Object.freeze({ matched: 0.84, review: 0.34 } as const);

/** Version of rules, weights and thresholds together: a report with another one may differ. */
export const ENGINE_VERSION = '1.3.0';
