import { signed } from '../logic/format.ts';
import { barPlace, type Reason, type Waterfall, type WaterfallStep, waterfall } from '../logic/waterfall.ts';
import { Name } from './name.tsx';

/** How the reasons add up, one bar each: to the right for the pair, to the left against it. */
export function WaterfallChart({ evidence }: { evidence: readonly Reason[] }) {
  const chart = waterfall(evidence);
  const zero = barPlace(chart, chart.lowest, 0).widthPercent;
  return (
    <table class="waterfall">
      <caption class="visually-hidden">Reasons and their weights, in log-odds</caption>
      <colgroup>
        <col />
        <col />
        <col />
      </colgroup>
      <tbody>
        {chart.steps.map((step) => (
          <StepRow key={`${step.label}${step.from}`} chart={chart} step={step} zero={zero} />
        ))}
        <tr class="total">
          <th scope="row">Score</th>
          <td class="bar-cell">
            <Bar chart={chart} from={0} to={chart.total} zero={zero} kind="total" />
          </td>
          <td class="figure">{signed(chart.total)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function StepRow({ chart, step, zero }: { chart: Waterfall; step: WaterfallStep; zero: number }) {
  const { label, detail, weight, from, to } = step;
  return (
    <tr>
      <th scope="row">
        {label}
        {detail !== undefined && (
          <span class="detail">
            <Name text={detail} most={120} />
          </span>
        )}
      </th>
      <td class="bar-cell">
        <Bar chart={chart} from={from} to={to} zero={zero} kind={weight < 0 ? 'against' : 'for'} />
      </td>
      <td class="figure">{signed(weight)}</td>
    </tr>
  );
}

function Bar({
  chart,
  from,
  to,
  zero,
  kind,
}: {
  chart: Waterfall;
  from: number;
  to: number;
  zero: number;
  kind: 'for' | 'against' | 'total';
}) {
  const { startPercent, widthPercent } = barPlace(chart, from, to);
  return (
    <div class="bar-track" aria-hidden="true">
      <span class="bar-zero" style={{ insetInlineStart: `${zero}%` }} />
      <span
        class="bar"
        data-kind={kind}
        style={{ insetInlineStart: `${startPercent}%`, inlineSize: `max(2px, ${widthPercent}%)` }}
      />
    </div>
  );
}
