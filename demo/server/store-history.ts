import type { KindRow } from './kind-row';
import type { KubeObject } from './object-types';

/** A change as committed. `previous` is the object before it; `object` of a DELETED event is the last state. */
export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly row: KindRow;
  readonly key: string;
  readonly object: KubeObject;
  readonly previous: KubeObject | undefined;
  readonly resourceVersion: number;
}

/** The changes still remembered, oldest first. What came before `compactedAt` is forgotten: a watch from there gets 410. */
export interface History {
  append(event: StoreEvent): void;
  /** Events after a version, or undefined when some of them are forgotten. */
  since(resourceVersion: number): readonly StoreEvent[] | undefined;
  compact(resourceVersion: number): void;
  readonly compactedAt: number;
}

export function createHistory(limit: number): History {
  let events: StoreEvent[] = [];
  let compactedAt = 0;
  return {
    append(event) {
      events.push(event);
      if (events.length < limit * 2) return;
      compactedAt = events[events.length - limit - 1]?.resourceVersion ?? compactedAt;
      events = events.slice(-limit);
    },
    since(resourceVersion) {
      if (resourceVersion < compactedAt) return undefined;
      let low = 0;
      let high = events.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((events[middle]?.resourceVersion ?? 0) <= resourceVersion) low = middle + 1;
        else high = middle;
      }
      return events.slice(low);
    },
    compact(resourceVersion) {
      events = [];
      compactedAt = resourceVersion;
    },
    get compactedAt() {
      return compactedAt;
    },
  };
}
