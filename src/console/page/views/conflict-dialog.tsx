import { conflict, isDiffOpen } from '../state/dialogs.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { reapply } from '../state/table-actions.ts';
import { Dialog } from './dialog.tsx';
import { Name } from './name.tsx';

/** Someone else saved first: what that means, and the way on. */
export function ConflictDialog({ table }: { table: InstanceTable }) {
  const shown = conflict.value;
  if (shown === null) return null;
  const close = () => {
    conflict.value = null;
  };
  if (shown.clashes === null)
    return (
      <Dialog
        title="Someone else saved first"
        onClose={close}
        actions={
          <>
            <button type="button" class="button" onClick={close}>
              Not now
            </button>
            <button
              type="button"
              class="button primary"
              disabled={table.busy.value !== null}
              onClick={() => void reapply(table, shown)}
            >
              Put my decisions on top of theirs
            </button>
          </>
        }
      >
        <p>{shown.message}</p>
        <p>
          Nothing was written, and none of your decisions is lost. The newer document can be read now, with
          your decisions on top; where both of you decided about the same organization, you will see it before
          anything is saved.
        </p>
      </Dialog>
    );
  const { clashes } = shown;
  return (
    <Dialog
      title={clashes.length === 0 ? 'Nothing collides' : 'Both of you decided'}
      onClose={close}
      actions={
        <>
          <button type="button" class="button" onClick={close}>
            Look at the table first
          </button>
          <button
            type="button"
            class="button primary"
            onClick={() => {
              close();
              isDiffOpen.value = true;
            }}
          >
            Review and save
          </button>
        </>
      }
    >
      {clashes.length === 0 ? (
        <p>The other person decided about other organizations. Your decisions are on top of theirs now.</p>
      ) : (
        <>
          <p>Saving keeps your decision for these. To keep theirs, go back to the table and decide anew.</p>
          <table>
            <thead>
              <tr>
                <th scope="col">Organization</th>
                <th scope="col">Theirs</th>
                <th scope="col">Yours</th>
              </tr>
            </thead>
            <tbody>
              {clashes.map(({ organization, theirs, yours, alsoMappedTo }) => (
                <tr key={organization.id}>
                  <th scope="row">
                    <Name text={organization.name} />
                  </th>
                  <td>
                    {alsoMappedTo.length > 0 ? (
                      <Name text={`mapped to ${alsoMappedTo.join(', ')}`} />
                    ) : (
                      <Name text={theirs} />
                    )}
                  </td>
                  <td>
                    <Name text={yours} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Dialog>
  );
}
