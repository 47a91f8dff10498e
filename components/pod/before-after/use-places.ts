'use client';
import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Place } from './route-lines';

const NONE: ReadonlyMap<string, Place> = new Map();

/** Layout, not what the eye sees: a part that glides to its place counts as there. */
function measure(picture: HTMLElement): ReadonlyMap<string, Place> {
  const parts = [...picture.querySelectorAll<HTMLElement>('[data-part]')];
  return new Map(
    parts.map((part) => {
      const { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight } = part;
      return [part.dataset.part ?? '', { left, top, right: left + offsetWidth, bottom: top + offsetHeight }];
    }),
  );
}

/** Where the marked parts of a picture (which is what they are positioned in) stand; measured again when it is drawn anew or changes size. */
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
