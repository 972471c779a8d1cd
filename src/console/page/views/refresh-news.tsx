import type { WaitingDecisions } from '../../api-types.ts';
import { plural } from '../logic/format.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { refresh } from '../state/table-actions.ts';
import { Name } from './name.tsx';

/** Decisions that were made in the terminal and are not part of the table. */
function Waiting({ waiting: { count, file, command } }: { waiting: WaitingDecisions }) {
  const what = count === null ? 'Decisions' : plural(count, 'decision');
  return (
    <p>
      <strong>
        {what} made in the terminal {count === 1 ? 'is' : 'are'} not saved and not shown here.
      </strong>{' '}
      To add {count === 1 ? 'it' : 'them'} to the mapping, run <code>{command}</code> in the terminal, then
      press Refresh Options. Kept in <Name text={file} />.
    </p>
  );
}

/** What the last refresh found out, where that wants attention. */
export function RefreshNews({ table }: { table: InstanceTable }) {
  const facts = table.facts.value;
  const news = facts?.refreshed?.news ?? [];
  const vanished = facts?.refreshed?.vanished ?? null;
  const waiting = facts?.refreshed?.waiting ?? null;
  const newer = facts?.newerRevision ?? null;
  if (news.length === 0 && vanished === null && waiting === null && newer === null) return null;
  return (
    <section class="news" aria-label="Since the last refresh">
      {newer !== null && (
        <p>Someone else saved revision {newer} meanwhile. Saving here will say so, and lose nothing.</p>
      )}
      {vanished !== null && (
        <p>
          <strong>{vanished}</strong>{' '}
          <button type="button" class="button small" onClick={() => void refresh(table, true)}>
            They are really gone
          </button>
        </p>
      )}
      {waiting !== null && <Waiting waiting={waiting} />}
      {news.map((text) => (
        <p key={text}>
          <Name text={text} />
        </p>
      ))}
    </section>
  );
}
