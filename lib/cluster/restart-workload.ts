import 'server-only';
import { RESTARTED_AT_ANNOTATION } from '@/lib/core/kube/names';
import { isRolloutKind, ROLLOUT_RESOURCES } from '@/lib/core/kube/rollout-kinds';
import { ClusterError, toClusterError } from './cluster-error';
import { isJson, type Json, numberAt, objectAt, textAt } from './json-fields';
import { objectPath } from './read-object';
import type { ClusterSession } from './session';
import { assertWritable, FIELD_MANAGER, STRATEGIC_MERGE_PATCH } from './write-rules';

export interface WorkloadRestart {
  /** As the API spells it: Deployment, StatefulSet or DaemonSet. */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Restart only if the workload is still at this version. */
  readonly resourceVersion?: string;
  readonly isDryRun?: boolean;
}

interface RestartState {
  readonly resourceVersion: string;
  readonly generation: number;
  /** Empty when it was never restarted. */
  readonly restartedAt: string;
}

export interface RestartChange {
  readonly before: RestartState;
  readonly after: RestartState;
}

/** Restarts a workload's pods as `kubectl rollout restart` does: by an annotation of its pod template. */
export async function restartWorkload(
  session: ClusterSession,
  restart: WorkloadRestart,
  signal?: AbortSignal,
): Promise<RestartChange> {
  assertWritable(session);
  const { kind, namespace, name } = restart;
  if (!isRolloutKind(kind)) {
    const message = `${kind} "${name}" cannot be restarted: only Deployments, StatefulSets and DaemonSets replace their pods. Delete its pods, or change its owner.`;
    throw new ClusterError('unsupported', message);
  }
  const path = await objectPath(session, ROLLOUT_RESOURCES[kind], namespace, name);
  const abort = signal === undefined ? {} : { signal };
  const current = await session.transport.requestJson({ path, ...abort });
  const before = toState(current);
  assertRestartable(restart, isJson(current) ? objectAt(current, 'spec') : {}, before);
  try {
    const annotations = { [RESTARTED_AT_ANNOTATION]: `${new Date().toISOString().slice(0, 19)}Z` };
    const { resourceVersion } = restart;
    const changed = await session.transport.requestJson({
      method: 'PATCH',
      path,
      query: { fieldManager: FIELD_MANAGER, dryRun: restart.isDryRun ? 'All' : undefined },
      contentType: STRATEGIC_MERGE_PATCH,
      body: {
        ...(resourceVersion === undefined ? {} : { metadata: { resourceVersion } }),
        spec: { template: { metadata: { annotations } } },
      },
      ...abort,
    });
    return { before, after: toState(changed) };
  } catch (error) {
    const problem = toClusterError(error);
    if (problem.code === 'forbidden') session.access.forget();
    throw problem;
  }
}

function assertRestartable(restart: WorkloadRestart, spec: Json, before: RestartState): void {
  const what = `${restart.kind} "${restart.name}"`;
  if (restart.resourceVersion !== undefined && restart.resourceVersion !== before.resourceVersion) {
    const message = `${what} changed since it was shown; look at it again and repeat the restart.`;
    throw new ClusterError('conflict', message, { status: 409, details: { current: before } });
  }
  if (spec.paused === true) {
    throw new ClusterError('unsupported', `${what} is paused; resume its rollout first (kubectl rollout resume).`);
  }
  const strategy = textAt(objectAt(spec, 'updateStrategy'), 'type');
  if (strategy === 'OnDelete') {
    throw new ClusterError(
      'unsupported',
      `${what} replaces a pod only when it is deleted (OnDelete); delete its pods.`,
    );
  }
}

function toState(object: unknown): RestartState {
  const root = isJson(object) ? object : {};
  const metadata = objectAt(root, 'metadata');
  const template = objectAt(objectAt(objectAt(root, 'spec'), 'template'), 'metadata');
  return {
    resourceVersion: textAt(metadata, 'resourceVersion'),
    generation: numberAt(metadata, 'generation') ?? 0,
    restartedAt: textAt(objectAt(template, 'annotations'), RESTARTED_AT_ANNOTATION),
  };
}
