import { percent } from '../logic/format.ts';

/** A confidence as a number with a bar beside it. */
export function ConfidenceBar({ confidence }: { confidence: number | null }) {
  if (confidence === null) return <span class="muted">–</span>;
  return (
    <span class="confidence">
      <span class="confidence-track" aria-hidden="true">
        <span class="confidence-fill" style={{ inlineSize: `${Math.max(2, confidence * 100)}%` }} />
      </span>
      <span class="figure">{percent(confidence)}</span>
    </span>
  );
}
