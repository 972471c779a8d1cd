import { useEffect } from 'preact/hooks';
import { hasUnsaved } from '../state/console.ts';

/** Asks before the tab is closed while decisions are not saved. A reload keeps them, but a browser tells no difference. */
export function useWarnBeforeLeaving(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (hasUnsaved()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
}
