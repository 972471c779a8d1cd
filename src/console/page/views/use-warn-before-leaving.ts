import { useEffect } from 'preact/hooks';
import { activeTable } from '../state/console.ts';

/** Asks before the tab is closed while decisions are not saved. A reload keeps them, but a browser tells no difference. */
export function useWarnBeforeLeaving(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if ((activeTable.peek().facts.peek()?.unsaved ?? 0) > 0) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
}
