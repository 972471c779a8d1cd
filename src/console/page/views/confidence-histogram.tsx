import { useRef } from 'preact/hooks';
import type { Thresholds } from '../../api-types.ts';
import { percent } from '../logic/format.ts';
import { BIN_COUNT, barHeight, histogram } from '../logic/histogram.ts';
import { moveThreshold, sliderKey, type ThresholdName, zoneCounts } from '../logic/thresholds.ts';

const HANDLES: readonly (readonly [ThresholdName, string])[] = [
  ['review', 'Review from'],
  ['matched', 'Matched from'],
];

/** Bars by confidence, with a handle for each threshold: drag it, or use the arrow keys. */
export function ConfidenceHistogram({
  confidences,
  thresholds,
  onMove,
}: {
  confidences: readonly number[];
  thresholds: Thresholds;
  onMove: (thresholds: Thresholds) => void;
}) {
  const plot = useRef<HTMLDivElement>(null);
  const counts = histogram(confidences);
  const highest = Math.max(...counts);
  const zones = zoneCounts(confidences, thresholds);
  const drag = (name: ThresholdName, event: PointerEvent) => {
    const { left, width } = plot.current!.getBoundingClientRect();
    onMove(moveThreshold(thresholds, name, (event.clientX - left) / width));
  };
  return (
    <div class="histogram">
      <div class="plot" ref={plot}>
        <div class="bars" role="img" aria-label={summary(zones)}>
          {counts.map((count, bin) => (
            <span
              key={bin}
              class="bin"
              data-zone={zoneOf((bin + 0.5) / BIN_COUNT, thresholds)}
              title={`${count} between ${percent(bin / BIN_COUNT)} and ${percent((bin + 1) / BIN_COUNT)}`}
            >
              <span style={{ blockSize: `${barHeight(count, highest) * 100}%` }} />
              {count > 0 && <span class="bin-count">{count}</span>}
            </span>
          ))}
        </div>
        {HANDLES.map(([name, label]) => (
          <div
            key={name}
            class="handle"
            data-name={name}
            role="slider"
            tabIndex={0}
            aria-label={label}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(thresholds[name] * 100)}
            aria-valuetext={percent(thresholds[name])}
            style={{ insetInlineStart: `${thresholds[name] * 100}%` }}
            onKeyDown={(event) => {
              const to = sliderKey(event.key, thresholds[name]);
              if (to === null) return;
              event.preventDefault();
              onMove(moveThreshold(thresholds, name, to));
            }}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              event.currentTarget.focus();
            }}
            onPointerMove={(event) => {
              if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(name, event);
            }}
          >
            <span class="handle-label" aria-hidden="true">
              {name} {percent(thresholds[name])}
            </span>
          </div>
        ))}
      </div>
      <div class="axis" aria-hidden="true">
        {[0, 25, 50, 75, 100].map((tick) => (
          <span key={tick} style={{ insetInlineStart: `${tick}%` }}>
            {tick} %
          </span>
        ))}
      </div>
    </div>
  );
}

function zoneOf(confidence: number, { matched, review }: Thresholds): ThresholdName | 'low' {
  return confidence >= matched ? 'matched' : confidence >= review ? 'review' : 'low';
}

function summary({ sure, look, low }: ReturnType<typeof zoneCounts>): string {
  return `Best confidences: ${sure} at or above the threshold for matched, ${look} for review, ${low} below`;
}
