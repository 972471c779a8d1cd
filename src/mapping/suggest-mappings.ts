import { type PreparedCustomers, prepareCustomers, suggestSteps } from './suggest-steps.ts';
import type { AsyncMappingOptions, MappingOptions, MappingRecord, MappingReport } from './types.ts';

/**
 * The event loop is given back after this time: well below the 16 ms in which a page draws one picture, since a collection
 * of garbage may come on top.
 */
const SLICE_MS = 6;

/**
 * Maps organizations onto customers and says how sure it is of each pair.
 *
 * Pure: the order of the input, the locale and the time zone change nothing but the order of the rows.
 *
 * @param organizations the caller's side; ids compare as `String(id)`
 * @param customers Halo's side
 * @param options cardinality (one-to-one by default), candidates listed (5), thresholds (those of the calibration)
 * @throws {TypeError} when a row or an option has the wrong type; the message names side and index
 * @example
 * ```ts
 * import { suggestMappings } from 'halo-psa/mapping';
 *
 * const report = suggestMappings([{ id: 1, name: 'Contoso' }], [{ id: 'c9', name: 'Contoso Ltd' }]);
 * for (const { organization, status, customer, confidence } of report.suggestions) {
 *   console.log(organization.name, status, customer?.name, confidence);
 * }
 * ```
 */
export function suggestMappings<O extends MappingRecord, C extends MappingRecord>(
  organizations: readonly O[],
  customers: readonly C[],
  options: MappingOptions = {},
): MappingReport<O, C> {
  return finish(suggestSteps(organizations, finish(prepareCustomers(customers, options))));
}

/**
 * Does the same as `suggestMappings` in slices, so that a page or a server stays responsive.
 *
 * @param organizations the caller's side
 * @param customers Halo's side
 * @param options those of `suggestMappings`, `signal` and `onProgress`
 * @throws {TypeError} when a row or an option has the wrong type
 * @example
 * ```ts
 * import { suggestMappingsAsync } from 'halo-psa/mapping';
 *
 * const report = await suggestMappingsAsync([{ id: 1, name: 'Contoso' }], [{ id: 'c9', name: 'Contoso Ltd' }], {
 *   signal: AbortSignal.timeout(30_000),
 *   onProgress: (done) => console.log(`${Math.round(done * 100)} %`),
 * });
 * console.log(report.summary.matched);
 * ```
 */
export async function suggestMappingsAsync<O extends MappingRecord, C extends MappingRecord>(
  organizations: readonly O[],
  customers: readonly C[],
  options: AsyncMappingOptions = {},
): Promise<MappingReport<O, C>> {
  const prepared: PreparedCustomers<C> = await inSlices(prepareCustomers(customers, options), options);
  const report = await inSlices(suggestSteps(organizations, prepared), options);
  options.onProgress?.(1);
  return report;
}

/** Runs all steps at once. @internal */
export function finish<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

async function inSlices<T>(
  steps: Generator<number, T>,
  { signal, onProgress }: AsyncMappingOptions,
): Promise<T> {
  signal?.throwIfAborted();
  let sliceEnd = performance.now() + SLICE_MS;
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() < sliceEnd) continue;
    onProgress?.(Math.min(1, step.value));
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
    sliceEnd = performance.now() + SLICE_MS;
  }
}
