import { KEY_HELP } from '../logic/keys.ts';
import { STATUS_ORDER, STATUSES } from '../logic/statuses.ts';
import { isHelpOpen } from '../state/console.ts';
import { Dialog } from './dialog.tsx';
import { StatusBadge } from './status-badge.tsx';

/** Keys, and what the words mean. */
export function HelpDialog() {
  return (
    <Dialog
      title="Help"
      onClose={() => {
        isHelpOpen.value = false;
      }}
    >
      <div class="help">
        <section>
          <h3>Keys</h3>
          <dl class="keys">
            {KEY_HELP.map(([keys, does]) => (
              <div key={keys}>
                <dt>
                  {keys.split(/\s+/).map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>Status</h3>
          <dl class="keys">
            {STATUS_ORDER.map((status) => (
              <div key={status}>
                <dt>
                  <StatusBadge status={status} />
                </dt>
                <dd>{STATUSES[status].meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
