import { useEffect, useState } from 'preact/hooks';
import type { ChangeView } from '../../api-types.ts';
import { plural } from '../logic/format.ts';
import { isDiffOpen } from '../state/dialogs.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { showProblem } from '../state/notices.ts';
import { readChanges, save } from '../state/table-actions.ts';
import { Dialog } from './dialog.tsx';
import { Name } from './name.tsx';

/** What a save would change, before it does. */
export function DiffDialog({ table }: { table: InstanceTable }) {
  return isDiffOpen.value ? <OpenDiffDialog table={table} /> : null;
}

/** Rows shown; a first save may have thousands, and nobody reads those one by one. */
const MOST_ROWS = 500;

const KINDS: readonly (readonly [ChangeView['kind'], string])[] = [
  ['change', 'Changed'],
  ['remove', 'Removed'],
  ['add', 'New'],
  ['reject', 'Rejected'],
];

function OpenDiffDialog({ table }: { table: InstanceTable }) {
  const [changes, setChanges] = useState<readonly ChangeView[] | null>(null);
  const close = () => {
    isDiffOpen.value = false;
  };
  useEffect(() => {
    readChanges(table)
      .then(setChanges)
      .catch((error: unknown) => {
        close();
        showProblem(error);
      });
  }, [table]);
  const count = changes?.length ?? 0;
  return (
    <Dialog
      title="Save Mappings"
      onClose={close}
      actions={
        <>
          <button type="button" class="button" onClick={close}>
            Go back
          </button>
          <button
            type="button"
            class="button primary"
            disabled={count === 0 || table.busy.value !== null}
            onClick={() => void save(table)}
          >
            {changes === null ? 'Save' : `Save ${plural(count, 'change')}`}
          </button>
        </>
      }
    >
      {changes === null && <p class="muted">Reading…</p>}
      {changes !== null && count === 0 && <p>Nothing was decided that is not saved already.</p>}
      {KINDS.map(([kind, label]) => {
        const rows = (changes ?? []).filter((change) => change.kind === kind);
        return rows.length === 0 ? null : <ChangeList key={kind} label={label} rows={rows} />;
      })}
    </Dialog>
  );
}

function ChangeList({ label, rows }: { label: string; rows: readonly ChangeView[] }) {
  const more = rows.length - MOST_ROWS;
  return (
    <section class="changes">
      <h3>
        {label} <span class="muted">{rows.length}</span>
      </h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Organization</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map(({ organization, before, after }) => (
            <tr key={organization.id}>
              <th scope="row">
                <Name text={organization.name} />
              </th>
              <td class="before">
                {before === null ? <span class="muted">–</span> : <Name text={before} />}
              </td>
              <td class="after">
                <Name text={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p class="muted">and {more} more</p>}
    </section>
  );
}
