import { useState } from 'preact/hooks';
import type { ReportCandidate, ReportRow } from '../../report-data.ts';
import { percent } from '../logic/format.ts';
import { ConfidenceBar } from './confidence-bar.tsx';
import { Name } from './name.tsx';
import { StatusBadge } from './status-badge.tsx';
import { WaterfallChart } from './waterfall-chart.tsx';

/** One organization; its reasons are drawn when it is opened. */
export function ReportRowView({ row, labels }: { row: ReportRow; labels: readonly string[] }) {
  const [wasOpened, setOpened] = useState(false);
  const { status, name, customer, confidence, note } = row;
  return (
    <li>
      <details class="report-row" onToggle={(event) => event.currentTarget.open && setOpened(true)}>
        <summary>
          <span class="cell-status">
            <StatusBadge status={status} />
          </span>
          <span class="cell-organization">
            <Name text={name} />
          </span>
          <span class="cell-customer">
            {customer === null ? <span class="muted">–</span> : <Name text={customer.name} />}
          </span>
          <span class="cell-confidence">
            <ConfidenceBar confidence={confidence} />
          </span>
        </summary>
        {wasOpened && (
          <div class="report-details">
            <p class="muted">
              <Name text={row.id} />
              {customer !== null && (
                <>
                  {' → customer '}
                  <Name text={customer.id} />
                </>
              )}
            </p>
            {note !== null && (
              <p class="note">
                <Name text={note} most={600} />
              </p>
            )}
            {row.candidates.length === 0 && <p class="muted">There is nothing to compare with.</p>}
            {row.candidates.map((candidate) => (
              <ReportCandidateView
                key={candidate.customer.id}
                candidate={candidate}
                labels={labels}
                isChosen={candidate.customer.id === customer?.id}
              />
            ))}
          </div>
        )}
      </details>
    </li>
  );
}

function ReportCandidateView({
  candidate: { customer, confidence, score, evidence },
  labels,
  isChosen,
}: {
  candidate: ReportCandidate;
  labels: readonly string[];
  isChosen: boolean;
}) {
  return (
    <section class="report-candidate">
      <h2>
        <Name text={customer.name} /> <span class="figure">{percent(confidence)}</span>
        {isChosen && <span class="tag">proposed</span>}
        {evidence === undefined && <span class="muted">score {score.toFixed(2)}</span>}
      </h2>
      {evidence !== undefined && (
        <WaterfallChart
          evidence={evidence.map(([label, weight, detail, review]) => ({
            label: labels[label] ?? '',
            weight,
            detail: detail || undefined,
            ...(review && { review }),
          }))}
        />
      )}
    </section>
  );
}
