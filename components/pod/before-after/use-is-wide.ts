'use client';
import { useSyncExternalStore } from 'react';

/** True while the window is at least so many pixels wide. */
export function useIsWide(minWidthPx: number): boolean {
  const query = `(min-width: ${minWidthPx}px)`;
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(query).matches,
    () => true,
  );
}
