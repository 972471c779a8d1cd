import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

/** Rows kept beside those in sight, so that a quick scroll shows no gap. */
const OVERSCAN_ROWS = 12;

/** Sizes of a list, in CSS pixels. */
export interface ListSizes {
  readonly rowHeight: number;
  /** Of what stays at the top while the rows scroll below it. */
  readonly headHeight: number;
}

/** Returns a virtualizer over rows of one height: only those in sight are in the document. */
export function useVirtualRows(
  count: number,
  { rowHeight, headHeight }: ListSizes,
  scroller: RefObject<HTMLElement | null>,
): Virtualizer<HTMLElement, Element> {
  const [, redraw] = useReducer((drawn: number, _change: undefined) => drawn + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN_ROWS,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    scrollToFn: elementScroll<HTMLElement>,
    observeElementRect: observeElementRect<HTMLElement>,
    observeElementOffset: observeElementOffset<HTMLElement>,
    onChange: () => redraw(undefined),
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, Element>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  return virtualizer;
}
