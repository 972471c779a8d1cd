import type { RowStatus } from '../../api-types.ts';
import { STATUSES } from '../logic/statuses.ts';

/** A status as a word with a mark of its own shape, so that colour is never all there is. */
export function StatusBadge({ status }: { status: RowStatus }) {
  return (
    <span class="badge" data-status={status} title={STATUSES[status].meaning}>
      <span class="badge-mark" aria-hidden="true" />
      {STATUSES[status].label}
    </span>
  );
}
