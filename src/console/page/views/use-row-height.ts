import { useEffect, useState } from 'preact/hooks';

/** Rows are one line on wide screens and two on narrow ones; the style sheet has the same two numbers. */
const ONE_LINE_PX = 36;
const TWO_LINES_PX = 64;
const NARROW = '(max-width: 720px)';

/** Returns the height of a row, in CSS pixels. */
export function useRowHeight(): number {
  const [isNarrow, setNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const follow = () => setNarrow(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isNarrow ? TWO_LINES_PX : ONE_LINE_PX;
}
