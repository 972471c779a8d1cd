import { useState } from 'preact/hooks';
import type { DemoAction, NamedId } from '../../api-types.ts';
import { postJson } from '../state/api.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { announce, showProblem } from '../state/notices.ts';

/** What someone else could do in Halo meanwhile; for the embedded Halo only. */
export function DemoControls({ table, customer }: { table: InstanceTable; customer: NamedId }) {
  const [name, setName] = useState(customer.name);
  const act = async (action: DemoAction, told: string) => {
    try {
      await postJson(`/api/demo/${encodeURIComponent(table.instance)}`, action);
      announce(`${told} Refresh Options will find it.`);
    } catch (error) {
      showProblem(error);
    }
  };
  const customerId = customer.id;
  return (
    <details class="demo">
      <summary>Demo: change this customer in Halo</summary>
      <div class="field">
        <label for="demo-name">Name in Halo</label>
        <input id="demo-name" value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </div>
      <div class="button-row">
        <button
          type="button"
          class="button small"
          onClick={() => void act({ kind: 'rename', customerId, name }, 'Renamed in Halo.')}
        >
          Rename in Halo
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => void act({ kind: 'deactivate', customerId }, 'Made inactive in Halo.')}
        >
          Make inactive
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => void act({ kind: 'delete', customerId }, 'Deleted in Halo.')}
        >
          Delete
        </button>
      </div>
    </details>
  );
}
