import { conflict } from './api-error';
import { recordAt, stringsAt } from './json-access';
import type { KindRow } from './kind-row';
import type { KubeObject } from './object-types';
import type { StoreContext } from './store';

export type PropagationPolicy = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  readonly propagationPolicy?: PropagationPolicy;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  /** 0 removes a pod at once. Other kinds do not wait. */
  readonly gracePeriodSeconds?: number;
  readonly dryRun?: boolean;
}

/** `object` is what the client is answered with, and when it is only marked what will be stored. */
export type DeletePlan = { readonly kind: 'remove' | 'mark'; readonly object: KubeObject };

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';
const DEFAULT_GRACE_SECONDS = 30;

/** Whether a deletion removes the object now or marks it, since finalizers, content or its node hold it. */
export function planDelete(
  row: KindRow,
  current: KubeObject,
  options: DeleteOptions,
  context: StoreContext,
): DeletePlan {
  checkPreconditions(row, current, options);
  const finalizers = finalizersFor(current, options.propagationPolicy);
  const grace = graceSeconds(row, current, options);
  if (row.deletion === 'namespace' && stringsAt(current, 'spec', 'finalizers').length > 0) {
    const status = { ...recordAt(current, 'status'), phase: 'Terminating' };
    return { kind: 'mark', object: { ...marked(row, current, finalizers, 0, context.now, false), status } };
  }
  const isGraceful = row.deletion === 'graceful';
  if (finalizers.length > 0 || grace > 0) {
    return { kind: 'mark', object: marked(row, current, finalizers, grace, context.now, isGraceful) };
  }
  // A pod that goes at once was, in the answer, given no time.
  return { kind: 'remove', object: isGraceful ? marked(row, current, [], 0, context.now, true) : current };
}

function checkPreconditions(row: KindRow, current: KubeObject, { preconditions }: DeleteOptions): void {
  // The real server names the kind here, not the resource.
  const subject = { group: row.group, plural: row.kind, name: current.metadata.name };
  const { uid, resourceVersion } = current.metadata;
  if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
    throw conflict(
      subject,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion) {
    const why = `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`;
    throw conflict(subject, why);
  }
}

function finalizersFor(current: KubeObject, policy: PropagationPolicy | undefined): string[] {
  const finalizers = current.metadata.finalizers ?? [];
  if (policy === undefined) return finalizers;
  const kept = finalizers.filter((name) => name !== FOREGROUND && name !== ORPHAN);
  if (policy === 'Foreground') return [...kept, FOREGROUND];
  return policy === 'Orphan' ? [...kept, ORPHAN] : kept;
}

// A pod that no node runs, or that has ended, has nobody to wait for.
function graceSeconds(row: KindRow, current: KubeObject, options: DeleteOptions): number {
  if (row.deletion !== 'graceful') return 0;
  const { nodeName, terminationGracePeriodSeconds } = recordAt(current, 'spec');
  const { phase } = recordAt(current, 'status');
  if (typeof nodeName !== 'string' || nodeName === '' || phase === 'Succeeded' || phase === 'Failed') return 0;
  const wanted =
    options.gracePeriodSeconds ??
    (typeof terminationGracePeriodSeconds === 'number' ? terminationGracePeriodSeconds : DEFAULT_GRACE_SECONDS);
  const promised = current.metadata.deletionGracePeriodSeconds;
  return promised === undefined ? wanted : Math.min(wanted, promised);
}

function marked(
  row: KindRow,
  current: KubeObject,
  finalizers: string[],
  grace: number,
  now: string,
  isGraceful: boolean,
): KubeObject {
  const { finalizers: _old, ...kept } = current.metadata;
  const until = new Date(Date.parse(now) + grace * 1000).toISOString().slice(0, 19);
  const isFirst = kept.deletionTimestamp === undefined;
  return {
    ...current,
    metadata: {
      ...kept,
      ...(finalizers.length === 0 ? {} : { finalizers }),
      ...(isFirst && row.hasGeneration ? { generation: (kept.generation ?? 0) + 1 } : {}),
      ...(isFirst ? { deletionTimestamp: `${until}Z` } : {}),
      ...(isGraceful || kept.deletionGracePeriodSeconds !== undefined || row.deletion === undefined
        ? { deletionGracePeriodSeconds: grace }
        : {}),
    },
  };
}
