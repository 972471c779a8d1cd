import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CandidateView, RowDetails } from '../../api-types.ts';
import { moment, percent, signed } from '../logic/format.ts';
import { consoleState } from '../state/console.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { showProblem } from '../state/notices.ts';
import { ignoreRow, loadDetails, mapRow, rejectRow, unmapRow } from '../state/table-actions.ts';
import { CandidateList } from './candidate-list.tsx';
import { CustomerPicker } from './customer-picker.tsx';
import { DemoControls } from './demo-controls.tsx';
import { CrossIcon } from './icons.tsx';
import { Name } from './name.tsx';
import { StatusBadge } from './status-badge.tsx';
import { WaterfallChart } from './waterfall-chart.tsx';

/** Waits until someone who holds a key down comes to rest. */
const REST_MS = 60;

function emptyText(id: string | null, failedId: string | null): string {
  if (id === null) return 'Select an organization to see why a customer is proposed.';
  return id === failedId ? 'The details cannot be read now.' : 'Reading…';
}

/** Everything about the selected row. On narrow screens it lies over the table. */
export function DetailsPanel({ table }: { table: InstanceTable }) {
  const id = table.selectedId.value;
  const [failedId, setFailedId] = useState<string | null>(null);
  useEffect(() => {
    if (id === null) return;
    setFailedId(null);
    const load = () =>
      loadDetails(table).catch((error: unknown) => {
        setFailedId(id);
        showProblem(error);
      });
    const timer = setTimeout(() => void load(), REST_MS);
    return () => clearTimeout(timer);
  }, [table, id]);
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (panel.current !== null) panel.current.scrollTop = 0;
  }, [id]);
  const details = table.details.value;
  const isOpen = id !== null && details?.row.id === id;
  return (
    <aside ref={panel} class="details" aria-label="Details" data-open={id !== null}>
      {isOpen ? (
        <Details key={id} table={table} details={details} />
      ) : (
        <p class="details-empty muted">{emptyText(id, failedId)}</p>
      )}
    </aside>
  );
}

function Details({ table, details }: { table: InstanceTable; details: RowDetails }) {
  const { row, aliases, domains, candidates, rejected, conflict } = details;
  const note = conflict ?? row.note;
  const [shownId, setShownId] = useState<string | null>(null);
  useEffect(() => setShownId(null), [row]);
  const main = candidates.find(({ customer }) => customer.id === row.customer?.id) ?? null;
  const shown = candidates.find(({ customer }) => customer.id === shownId) ?? main ?? candidates[0] ?? null;
  return (
    <>
      <div class="details-head">
        <div>
          <StatusBadge status={row.status} />
          {row.unsaved && <span class="tag">not saved</span>}
        </div>
        <h2>
          <Name text={row.name} most={600} />
        </h2>
        <p class="muted">
          <Name text={[row.id, ...aliases, ...domains].join(' · ')} most={600} />
        </p>
        <button
          type="button"
          class="icon-button details-close"
          aria-label="Close details"
          onClick={() => {
            table.selectedId.value = null;
          }}
        >
          <CrossIcon />
        </button>
      </div>
      {note !== null && (
        <p class="note">
          <Name text={note} most={600} />
        </p>
      )}
      <Outcome table={table} details={details} main={main} />
      <CandidateList
        table={table}
        row={row}
        candidates={candidates}
        shownId={shown?.customer.id ?? null}
        onShow={setShownId}
      />
      {main === null && <CustomerPicker table={table} row={row} />}
      {shown !== null && (
        <section aria-labelledby="why">
          <h3 id="why">
            {shown === main ? 'Why' : 'Why not'} <Name text={shown.customer.name} most={60} />
          </h3>
          <WaterfallChart evidence={shown.evidence} />
          <p class="muted">
            A score of {signed(shown.score)}, among these customers, is a confidence of{' '}
            {percent(shown.confidence)}.
          </p>
        </section>
      )}
      {main !== null && <CustomerPicker table={table} row={row} />}
      {rejected.length > 0 && (
        <section aria-labelledby="rejected">
          <h3 id="rejected">Rejected</h3>
          <ul class="plain">
            {rejected.map(({ id, name, at, by }) => (
              <li key={id} class="rejected">
                <s>
                  <Name text={name} />
                </s>
                <span class="muted">
                  {moment(at)}
                  {by !== null && <> by {by}</>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {consoleState.value?.demo != null && row.customer !== null && (
        <DemoControls table={table} customer={row.customer} />
      )}
    </>
  );
}

/** What is proposed or decided, with the buttons for it. */
function Outcome({
  table,
  details: { row, mapped, stale },
  main,
}: {
  table: InstanceTable;
  details: RowDetails;
  main: CandidateView | null;
}) {
  const { status, customer, confidence } = row;
  const isDecided = status === 'mapped' || status === 'ignored' || status === 'stale';
  const successor = stale?.successor ?? null;
  return (
    <section class="outcome" aria-label={isDecided ? 'Decision' : 'Proposal'}>
      {customer !== null && (
        <div class="outcome-customer">
          <span class="outcome-name">
            <Name text={customer.name} most={600} />
          </span>
          <span class="muted">
            customer {customer.id}
            {main?.inactive === true && ', inactive'}
            {mapped !== null && `, ${mapped.source}, ${moment(mapped.at)}`}
            {mapped?.by != null && ` by ${mapped.by}`}
          </span>
          {confidence !== null && (
            <span class="outcome-confidence">
              <span class="figure">{percent(confidence)}</span>
            </span>
          )}
        </div>
      )}
      {customer === null && (
        <p class="outcome-none">
          {status === 'ignored'
            ? 'Ignored: it is meant to have no customer.'
            : status === 'open'
              ? 'No suggestion yet.'
              : 'No customer is good enough.'}
        </p>
      )}
      <div class="button-row">
        {!isDecided && customer !== null && (
          <>
            <button type="button" class="button primary" onClick={() => void mapRow(table, row, customer)}>
              Accept <kbd>Enter</kbd>
            </button>
            <button type="button" class="button" onClick={() => void rejectRow(table, row, customer)}>
              Reject <kbd>r</kbd>
            </button>
          </>
        )}
        {successor !== null && (
          <button
            type="button"
            class="button primary"
            onClick={() =>
              void mapRow(table, row, { id: String(successor.customerId), name: successor.customerName })
            }
          >
            Map to <Name text={successor.customerName} most={40} />
          </button>
        )}
        {isDecided ? (
          <button type="button" class="button" onClick={() => void unmapRow(table, row)}>
            {status === 'ignored' ? 'Ignore no longer' : 'Unmap'} <kbd>x</kbd>
          </button>
        ) : (
          <button type="button" class="button" onClick={() => void ignoreRow(table, row)}>
            Ignore <kbd>i</kbd>
          </button>
        )}
      </div>
    </section>
  );
}
