'use client';
import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Place } from './route-lines';

const NONE: ReadonlyMap<string, Place> = new Map();

function measure(picture: HTMLElement): ReadonlyMap<string, Place> {
  const origin = picture.getBoundingClientRect();
  const parts = [...picture.querySelectorAll<HTMLElement>('[data-part]')];
  return new Map(
    parts.map((part) => {
      const { left, top, right, bottom } = part.getBoundingClientRect();
      const [x, y] = [origin.left + picture.clientLeft, origin.top + picture.clientTop];
      return [part.dataset.part ?? '', { left: left - x, top: top - y, right: right - x, bottom: bottom - y }];
    }),
  );
}

/** Where the marked parts of a picture stand; measured again when it is drawn anew or changes size. */
export function usePlaces(picture: RefObject<HTMLElement | null>, drawn: unknown): ReadonlyMap<string, Place> {
  const [places, setPlaces] = useState(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for what is in the picture.
  useLayoutEffect(() => {
    const element = picture.current;
    if (element === null) return;
    const update = () => setPlaces(measure(element));
    update();
    const observer = new ResizeObserver(update);
    observer.observe(element);
    // Rows are shared with the other picture: they can move while nothing in this one changes its own size.
    for (const part of [...element.children, ...element.querySelectorAll('[data-part]')]) observer.observe(part);
    return () => observer.disconnect();
  }, [picture, drawn]);
  return places;
}
