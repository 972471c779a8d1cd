import { moment, plural } from '../logic/format.ts';
import { activeTable, view } from '../state/console.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { announcement, problem } from '../state/notices.ts';
import { CrossIcon } from './icons.tsx';

/** What went wrong last, with what to do about it. */
export function ProblemBar() {
  const shown = problem.value;
  return (
    <div role="alert">
      {shown !== null && (
        <div class="problem">
          <div>
            <strong>{shown.message}</strong>
            {shown.hint !== null && <p>{shown.hint}</p>}
          </div>
          <button
            type="button"
            class="icon-button"
            aria-label="Dismiss"
            onClick={() => {
              problem.value = null;
            }}
          >
            <CrossIcon />
          </button>
        </div>
      )}
    </div>
  );
}

/** What was read, and which revision is saved. */
function TableFacts({ table }: { table: InstanceTable }) {
  const { refreshed = null, revision = null } = table.facts.value ?? {};
  if (refreshed === null) return null;
  return (
    <p class="facts muted">
      {plural(refreshed.organizations, 'organization')}, {plural(refreshed.customers, 'customer')}, read{' '}
      {moment(refreshed.at)}
      {revision !== null && revision > 0 && `, revision ${revision}`}
    </p>
  );
}

/** The last thing that happened, seen at the foot and heard by screen readers. */
export function Announcements() {
  return (
    <footer class="foot">
      <p role="status">{announcement.value}</p>
      {view.value === 'mapping' && <TableFacts table={activeTable.value} />}
      <p class="muted foot-hint">
        <kbd>?</kbd> keys
      </p>
    </footer>
  );
}
