import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measurement } from '../measure.ts';
import { fittedExponent } from './statistics.ts';

/** One matcher at growing sizes; null where a run was left out because it would have been too long. */
export interface ScalingRow {
  readonly matcher: string;
  readonly bySize: ReadonlyMap<number, Measurement | null>;
  /** Over the sizes from 10,000 on; null with fewer than two of them. */
  readonly exponent: number | null;
}

/** Comparing all pairs grows with the square of the size. */
const SLOWEST_GROWTH = 2;
/** Below this the fixed costs hide the growth. */
const SMALLEST_FITTED_SIZE = 10_000;
/** A child that takes longer than this hangs. */
const CHILD_TIMEOUT_MS = 20 * 60_000;

/** Runs every matcher at every size, each in a process of its own; peers only while they stay under the budget. */
export function measureScaling(
  matchers: readonly { readonly id: string; readonly isPeer: boolean }[],
  sizes: readonly number[],
  peerBudgetMs: number,
  folder: string | undefined,
  log: (text: string) => void,
): ScalingRow[] {
  return matchers.map(({ id, isPeer }) => {
    const bySize = new Map<number, Measurement | null>();
    let last: { size: number; ms: number } | undefined;
    for (const size of sizes) {
      const estimatedMs = last ? last.ms * (size / last.size) ** SLOWEST_GROWTH : 0;
      if (isPeer && estimatedMs > peerBudgetMs) {
        bySize.set(size, null);
        continue;
      }
      const measurement = measureInChild(id, size, folder);
      log(`${id} at ${size}: ${Math.round(measurement.ms)} ms, ${Math.round(measurement.peakMegabytes)} MB`);
      bySize.set(size, measurement);
      last = { size, ms: measurement.ms };
    }
    const fitted = [...bySize].flatMap(([size, measurement]) =>
      measurement && size >= SMALLEST_FITTED_SIZE ? [{ size, ms: measurement.ms }] : [],
    );
    return { matcher: id, bySize, exponent: fitted.length < 2 ? null : fittedExponent(fitted) };
  });
}

function measureInChild(matcher: string, size: number, folder: string | undefined): Measurement {
  const script = fileURLToPath(new URL('../measure.ts', import.meta.url));
  const args = [script, '--matcher', matcher, '--size', String(size)];
  if (folder !== undefined) args.push('--data', folder);
  const output = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: CHILD_TIMEOUT_MS,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output);
}
