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

/** The last thing that happened, seen at the foot and heard by screen readers. */
export function Announcements() {
  return (
    <footer class="foot">
      <p role="status">{announcement.value}</p>
      <p class="muted foot-hint">
        <kbd>?</kbd> keys
      </p>
    </footer>
  );
}
