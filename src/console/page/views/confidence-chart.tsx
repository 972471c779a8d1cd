import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Thresholds, WhatIfAnswer, WhatIfCounts } from '../../api-types.ts';
import { counted, percent } from '../logic/format.ts';
import { sameThresholds } from '../logic/thresholds.ts';
import { postJson } from '../state/api.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { suggest } from '../state/table-actions.ts';
import { ConfidenceHistogram } from './confidence-histogram.tsx';

/** Waits until a handle comes to rest: the engine is asked about places where somebody stopped. */
const REST_MS = 200;

/** Where the chart leaves room for a dozen rows. */
const ROOMY = '(min-width: 900px) and (min-height: 740px)';

/** How sure the engine is of all rows, and what other thresholds would make of them. */
export function ConfidenceChart({ table }: { table: InstanceTable }) {
  const applied = table.facts.value?.thresholds ?? null;
  return applied === null ? null : <OpenChart table={table} applied={applied} />;
}

function OpenChart({ table, applied }: { table: InstanceTable; applied: Thresholds }) {
  const { defaultThresholds } = table.facts.value!;
  // On a small screen the rows come first.
  const [isRoomy] = useState(() => matchMedia(ROOMY).matches);
  const wanted = useSignal<Thresholds>(applied);
  const asked = useSignal<WhatIfAnswer | null>(null);
  useEffect(() => {
    wanted.value = applied;
  }, [applied.matched, applied.review]);
  const rows = table.rows.value;
  const confidences = useMemo(() => rows.flatMap(({ best }) => (best === null ? [] : [best])), [rows]);
  const isOther = !sameThresholds(wanted.value, applied);
  const { matched, review } = wanted.value;
  useEffect(() => {
    asked.value = null;
    if (!isOther) return;
    let isPast = false;
    const timer = setTimeout(async () => {
      const path = `/api/instances/${encodeURIComponent(table.instance)}/what-if`;
      const answer = await postJson<WhatIfAnswer>(path, { matched, review }).catch(() => null);
      if (!isPast) asked.value = answer;
    }, REST_MS);
    return () => {
      isPast = true;
      clearTimeout(timer);
    };
  }, [table, matched, review, isOther, rows]);
  const { counts } = table.facts.value!;
  return (
    <details class="chart" open={isRoomy}>
      <summary>
        <h2>Confidence</h2>
        <span class="muted">best candidate of each of {counted(confidences.length)} organizations</span>
      </summary>
      <div class="chart-body">
        <ConfidenceHistogram
          confidences={confidences}
          thresholds={wanted.value}
          onMove={(next) => {
            wanted.value = next;
          }}
        />
        <div class="what-if">
          <WhatIfTable counts={counts} answer={isOther ? asked.value : null} isOther={isOther} />
          <p class="muted">
            Matched from {percent(matched)} where nothing calls for a person, review from {percent(review)}.{' '}
            {isOther ? 'What if: nothing is changed yet.' : 'As applied to the table.'}
          </p>
          <div class="button-row">
            <button
              type="button"
              class="button small"
              disabled={!isOther || table.busy.value !== null}
              onClick={() => void suggest(table, wanted.value)}
            >
              Apply
            </button>
            <button
              type="button"
              class="button small quiet"
              disabled={!isOther}
              onClick={() => {
                wanted.value = applied;
              }}
            >
              Back
            </button>
            {!sameThresholds(wanted.value, defaultThresholds) && (
              <button
                type="button"
                class="button small quiet"
                onClick={() => {
                  wanted.value = defaultThresholds;
                }}
              >
                Defaults
              </button>
            )}
          </div>
        </div>
      </div>
    </details>
  );
}

const SHOWN = [
  ['matched', 'Matched'],
  ['review', 'Review'],
  ['conflict', 'Conflict'],
  ['unmatched', 'Unmatched'],
] as const;

function WhatIfTable({
  counts,
  answer,
  isOther,
}: {
  counts: WhatIfCounts;
  answer: WhatIfAnswer | null;
  isOther: boolean;
}) {
  return (
    <dl class="what-if-counts" aria-live="polite" aria-busy={isOther && answer === null}>
      {SHOWN.map(([status, label]) => (
        <div key={status} data-status={status}>
          <dt>{label}</dt>
          <dd class="figure">
            {counted((answer?.asked ?? counts)[status])}
            {isOther && <span class="difference">{differenceText(answer, status)}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function differenceText(answer: WhatIfAnswer | null, status: keyof WhatIfCounts): string {
  if (answer === null) return '…';
  const difference = answer.asked[status] - answer.applied[status];
  if (difference === 0) return '±0';
  return `${difference > 0 ? '+' : '−'}${Math.abs(difference)}`;
}
