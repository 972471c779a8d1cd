import { isDiffOpen } from '../state/dialogs.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { acceptMatched, downloadReport, refresh, suggest, undo } from '../state/table-actions.ts';
import { CheckIcon, DownloadIcon, RefreshIcon, SaveIcon, SparkIcon, UndoIcon } from './icons.tsx';

/** The three buttons that administrators know, and those beside them. */
export function Toolbar({ table }: { table: InstanceTable }) {
  const facts = table.facts.value;
  const busy = table.busy.value;
  const unsaved = facts?.unsaved ?? 0;
  const matched = facts?.counts.matched ?? 0;
  const isSuggested = facts?.thresholds != null;
  return (
    <section class="toolbar" aria-label="Mapping">
      <div class="button-row">
        <button
          type="button"
          class={isSuggested ? 'button' : 'button primary'}
          disabled={busy !== null}
          onClick={() => void suggest(table)}
        >
          <SparkIcon /> {busy === 'suggest' ? 'Suggesting…' : 'Suggest Values'}
        </button>
        <button type="button" class="button" disabled={busy !== null} onClick={() => void refresh(table)}>
          <RefreshIcon /> {busy === 'refresh' ? 'Refreshing…' : 'Refresh Options'}
        </button>
        <button
          type="button"
          class={isSuggested ? 'button primary' : 'button'}
          disabled={busy !== null || unsaved === 0}
          onClick={() => {
            isDiffOpen.value = true;
          }}
        >
          <SaveIcon /> {busy === 'save' ? 'Saving…' : 'Save Mappings'}
          {unsaved > 0 && <span class="count">{unsaved}</span>}
        </button>
      </div>
      <div class="button-row">
        <button
          type="button"
          class="button quiet"
          disabled={busy !== null || matched === 0}
          onClick={() => void acceptMatched(table)}
        >
          <CheckIcon /> Accept all matched
        </button>
        <button
          type="button"
          class="button quiet"
          disabled={busy !== null || facts?.canUndo !== true}
          onClick={() => void undo(table)}
        >
          <UndoIcon /> Undo
        </button>
        <button
          type="button"
          class="button quiet"
          disabled={busy !== null || facts?.refreshed == null}
          onClick={() => void downloadReport(table)}
        >
          <DownloadIcon /> Report
        </button>
      </div>
    </section>
  );
}
