'use client';
import { type RefObject, useLayoutEffect, useRef } from 'react';

const GLIDE_MS = 160;
const EASING = 'cubic-bezier(0.2, 0, 0, 1)';

/** When a picture changes from one state to the other, what stays glides to its new place and what is new fades in. */
export function useGlide(picture: RefObject<HTMLElement | null>, state: string): void {
  const last = useRef<{ readonly state: string; readonly places: ReadonlyMap<string, DOMRect> } | null>(null);
  useLayoutEffect(() => {
    const element = picture.current;
    if (element === null) return;
    const origin = element.getBoundingClientRect();
    const parts = [...element.querySelectorAll<HTMLElement>('[data-part]')];
    const places = new Map(
      parts.map((part) => {
        const { x, y, width, height } = part.getBoundingClientRect();
        return [part.dataset.part ?? '', new DOMRect(x - origin.x, y - origin.y, width, height)];
      }),
    );
    const before = last.current;
    last.current = { state, places };
    if (before === null || before.state === state || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const part of parts) {
      const [from, to] = [before.places.get(part.dataset.part ?? ''), places.get(part.dataset.part ?? '')];
      const frames: Keyframe[] =
        from === undefined || to === undefined
          ? [{ opacity: 0 }, { opacity: 1 }]
          : [{ transform: `translate(${from.x - to.x}px, ${from.y - to.y}px)` }, { transform: 'none' }];
      part.animate(frames, { duration: GLIDE_MS, easing: EASING });
    }
  }, [picture, state]);
}
