'use client';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';
import { SCROLLED } from '@/components/shared/dialog';

/** Up to here everything is drawn, so that searching the page and screen readers meet it all. */
const MOST_DRAWN = 60;

export interface ScrolledWindow {
  /** Items to draw, by index; heights in pixels stand for the rest. */
  readonly indexes: readonly number[];
  readonly above: number;
  readonly below: number;
  readonly measure: Virtualizer<HTMLElement, HTMLElement>['measureElement'] | undefined;
  readonly scrollTo: (index: number) => void;
}

interface Scroller {
  readonly element: HTMLElement;
  /** From the top of what is scrolled to the first row. */
  readonly margin: number;
}

/** Rows that are left out stand as a spacer over the body, and the head sticks: only the table itself keeps its place. */
function toMargin(body: HTMLTableSectionElement, scrolled: HTMLElement): number {
  const table = body.closest('table');
  if (table === null) return 0;
  const top = table.getBoundingClientRect().top - scrolled.getBoundingClientRect().top + scrolled.scrollTop;
  return Math.round(top + (table.tHead?.offsetHeight ?? 0));
}

/** Which of `count` rows of any height to draw while the dialog around them scrolls. */
export function useScrolledWindow(
  count: number,
  body: RefObject<HTMLTableSectionElement | null>,
  estimate: (index: number) => number,
): ScrolledWindow {
  const [scroller, setScroller] = useState<Scroller>();
  const isWindowed = count > MOST_DRAWN;
  useLayoutEffect(() => {
    const element = body.current?.closest<HTMLElement>(SCROLLED);
    const rows = body.current;
    if (!isWindowed || element === null || element === undefined || rows === null) return;
    const update = () => {
      const margin = toMargin(rows, element);
      setScroller((before) => (before?.element === element && before.margin === margin ? before : { element, margin }));
    };
    update();
    const observer = new ResizeObserver(update);
    for (const part of element.querySelectorAll('section, [role="alert"]')) observer.observe(part);
    return () => observer.disconnect();
  }, [isWindowed, body]);

  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: isWindowed ? count : 0,
    getScrollElement: () => scroller?.element ?? null,
    estimateSize: estimate,
    overscan: 8,
    scrollMargin: scroller?.margin ?? 0,
    scrollPaddingStart: 40,
    initialRect: { width: 0, height: 600 },
  });
  if (!isWindowed) {
    const indexes = Array.from({ length: count }, (_, index) => index);
    return { indexes, above: 0, below: 0, measure: undefined, scrollTo: () => undefined };
  }
  const items = virtualizer.getVirtualItems();
  const margin = scroller?.margin ?? 0;
  return {
    indexes: items.map(({ index }) => index),
    above: (items[0]?.start ?? margin) - margin,
    below: virtualizer.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin),
    measure: virtualizer.measureElement,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  };
}
