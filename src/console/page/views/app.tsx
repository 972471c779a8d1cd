import { activeTable, consoleState, isHelpOpen, view } from '../state/console.ts';
import { problem } from '../state/notices.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { ConnectionView } from './connection-view.tsx';
import { DiffDialog } from './diff-dialog.tsx';
import { Header } from './header.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { MappingView } from './mapping-view.tsx';
import { Announcements, ProblemBar } from './notices.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useWarnBeforeLeaving } from './use-warn-before-leaving.ts';

/** The whole page. */
export function App() {
  useShortcuts();
  useWarnBeforeLeaving();
  if (consoleState.value === null)
    return (
      <main class="no-key">
        <ProblemBar />
        {problem.value === null && <p class="muted">Loading…</p>}
      </main>
    );
  const table = activeTable.value;
  return (
    <>
      <a class="skip-link" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <ProblemBar />
        {view.value === 'mapping' ? (
          <MappingView key={table.instance} table={table} />
        ) : (
          <ConnectionView key={table.instance} />
        )}
      </main>
      <Announcements />
      <DiffDialog table={table} />
      <ConflictDialog table={table} />
      {isHelpOpen.value && <HelpDialog />}
    </>
  );
}
