import { type KindRow, resourceId } from './kind-row';
import type { KubeObject } from './object-types';
import type { Store } from './store';

/** The objects of a kind as they were at one version. */
export interface Snapshot {
  readonly resourceVersion: number;
  readonly keys: readonly string[];
  read(key: string): KubeObject | undefined;
}

/** The present state, or an earlier one worked out by undoing the changes since; those must be remembered. */
export function takeSnapshot(store: Store, row: KindRow, namespace: string | undefined, at?: number): Snapshot {
  const resource = resourceId(row);
  const keys = store.keys(resource, namespace);
  const resourceVersion = at ?? store.resourceVersion;
  if (resourceVersion === store.resourceVersion) {
    return { resourceVersion, keys, read: (key) => store.read(resource, key) };
  }
  const events = store.eventsSince(resourceVersion);
  if (events === undefined) throw new Error(`The changes since ${resourceVersion} are forgotten.`);
  const earlier = new Map<string, KubeObject | undefined>();
  for (const event of [...events].reverse()) {
    const isOurs =
      resourceId(event.row) === resource && (namespace === undefined || event.object.metadata.namespace === namespace);
    if (isOurs) earlier.set(event.key, event.previous);
  }
  const gone = [...earlier].filter(([key, object]) => object !== undefined && store.read(resource, key) === undefined);
  const existed = keys.filter((key) => !earlier.has(key) || earlier.get(key) !== undefined);
  const all = gone.length === 0 ? existed : [...existed, ...gone.map(([key]) => key)].sort(compareKeys);
  return {
    resourceVersion,
    keys: all,
    read: (key) => (earlier.has(key) ? earlier.get(key) : store.read(resource, key)),
  };
}

const compareKeys = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
