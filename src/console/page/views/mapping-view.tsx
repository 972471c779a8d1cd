import { activeInstance, isConnected, view } from '../state/console.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { ConfidenceChart } from './confidence-chart.tsx';
import { DetailsPanel } from './details-panel.tsx';
import { FilterBar } from './filter-bar.tsx';
import { MappingTable } from './mapping-table.tsx';
import { PrintTable } from './print-table.tsx';
import { RefreshNews } from './refresh-news.tsx';
import { Toolbar } from './toolbar.tsx';

/** The table with everything around it. */
export function MappingView({ table }: { table: InstanceTable }) {
  if (!isConnected.value)
    return (
      <section class="empty">
        <h2>{activeInstance.value?.name} has no settings yet</h2>
        <p>Fill in where its Halo is and how to sign in; then the organizations can be mapped.</p>
        <button
          type="button"
          class="button primary"
          onClick={() => {
            view.value = 'connection';
          }}
        >
          Go to Connection
        </button>
      </section>
    );
  return (
    <div class="mapping">
      <Toolbar table={table} />
      <RefreshNews table={table} />
      <FilterBar table={table} />
      <ConfidenceChart table={table} />
      <div class="split">
        <MappingTable table={table} />
        <DetailsPanel table={table} />
      </div>
      <PrintTable table={table} />
    </div>
  );
}
