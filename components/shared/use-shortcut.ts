'use client';
import { useEffect, useRef } from 'react';
import { addShortcut } from './shortcuts';

/** A key that works while the component is on screen, and stands in the list that `?` opens. */
export function useShortcut(keys: string, label: string, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => addShortcut({ keys, label, run: () => latest.current() }), [keys, label]);
}
