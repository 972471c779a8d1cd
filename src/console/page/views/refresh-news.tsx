import type { InstanceTable } from '../state/instance-table.ts';
import { refresh } from '../state/table-actions.ts';
import { Name } from './name.tsx';

/** What the last refresh found out, where that wants attention. */
export function RefreshNews({ table }: { table: InstanceTable }) {
  const facts = table.facts.value;
  const news = facts?.refreshed?.news ?? [];
  const vanished = facts?.refreshed?.vanished ?? null;
  const newer = facts?.newerRevision ?? null;
  if (news.length === 0 && vanished === null && newer === null) return null;
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
      {news.map((text) => (
        <p key={text}>
          <Name text={text} />
        </p>
      ))}
    </section>
  );
}
