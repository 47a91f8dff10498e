'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';

const ROW_HEIGHT = 36;
const TOP_HEIGHT = 48;
/** Up to here all rows stand in the page: printing, searching in the page and screen readers see everything. */
const MOST_DRAWN = 100;

export interface RowWindow {
  /** The first row that is drawn and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Heights that stand for the rows above and below, in pixels. */
  readonly above: number;
  readonly below: number;
  readonly scrollTo: (index: number) => void;
}

/** Which of `count` rows to draw while the page scrolls. */
export function useRowWindow(count: number, body: RefObject<HTMLTableSectionElement | null>): RowWindow {
  const isWindowed = count > MOST_DRAWN;
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    if (!isWindowed) return;
    const measure = () => {
      const top = body.current?.getBoundingClientRect().top;
      if (top !== undefined) setScrollMargin(Math.round(top + window.scrollY));
    };
    measure();
    // What stands above may open, close or arrive later; the rows then begin somewhere else.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [isWindowed, body]);

  const virtualizer = useWindowVirtualizer({
    count: isWindowed ? count : 0,
    enabled: isWindowed,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollMargin,
    scrollPaddingStart: TOP_HEIGHT + ROW_HEIGHT,
  });
  if (!isWindowed) return { from: 0, to: count, above: 0, below: 0, scrollTo: () => undefined };

  const items = virtualizer.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = Math.min(count, (items.at(-1)?.index ?? 30) + 1);
  return {
    from,
    to,
    above: from * ROW_HEIGHT,
    below: (count - to) * ROW_HEIGHT,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  };
}
