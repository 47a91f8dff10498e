'use client';
import { useSyncExternalStore } from 'react';

/** The one node that the Tab key stops at. Outside of React's state, so that moving on draws two nodes and not all. */
export interface ActiveNode {
  readonly get: () => string;
  readonly set: (id: string) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createActiveNode(): ActiveNode {
  const listeners = new Set<() => void>();
  let active = '';
  return {
    get: () => active,
    set: (id) => {
      active = id;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export const useIsActive = ({ get, subscribe }: ActiveNode, id: string): boolean =>
  useSyncExternalStore(
    subscribe,
    () => get() === id,
    () => false,
  );
