import type { ScalingRow } from '../scaling.ts';
import { table, whole } from '../tables.ts';

/** Time and memory of each matcher, one size a column. */
export function renderScaling(rows: readonly ScalingRow[]): string {
  const sizes = [...(rows[0]?.bySize.keys() ?? [])];
  return [
    'Generated lists of as many organizations as customers, cleaned names for the peers; each run in a fresh process. `halo-psa 1` lists one candidate, `halo-psa 5` five; `halo-psa async` is the asynchronous form, watched by a timer that turns with it. "-" would take a peer more than its two minutes.',
    'Milliseconds:',
    table(
      ['matcher', ...sizes.map(whole), 'exponent'],
      rows.map((row) => [
        row.matcher,
        ...sizes.map((size) => (row.bySize.get(size) ? whole(row.bySize.get(size)!.ms) : '-')),
        row.exponent?.toFixed(2) ?? '-',
      ]),
    ),
    'Peak megabytes of the whole process:',
    table(
      ['matcher', ...sizes.map(whole)],
      rows.map((row) => [
        row.matcher,
        ...sizes.map((size) => (row.bySize.get(size) ? whole(row.bySize.get(size)!.peakMegabytes) : '-')),
      ]),
    ),
  ].join('\n\n');
}
