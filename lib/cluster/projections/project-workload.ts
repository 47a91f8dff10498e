import 'server-only';
import { isJson, type Json, numberAt, objectAt, objectsAt, textAt, textsAt } from '@/lib/cluster/json-fields';
import type { LabelSelector } from '@/lib/core/kube/object-types';
import type { TemplateRecord, WorkloadRecord } from '@/lib/core/kube/records';
import type { Interner } from './interner';
import { isKeptAnnotation } from './kept-annotations';
import { projectContainers } from './project-containers';
import { projectMetadata } from './project-metadata';

const FAILURE_CONDITIONS: ReadonlySet<string> = new Set(['ReplicaFailure', 'FailureTarget', 'Failed']);

type Counts = Pick<WorkloadRecord, 'replicas' | 'readyReplicas' | 'updatedReplicas' | 'isPaused'>;

/** Any of the seven workload kinds; `kind` decides where its counts and template are found. */
export function projectWorkload(object: Json, kind: string, interner: Interner): WorkloadRecord {
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const podOwnerSpec = kind === 'CronJob' ? objectAt(objectAt(spec, 'jobTemplate'), 'spec') : spec;
  const metadata = projectMetadata(object, kind, interner);
  const failure = findFailure(status, interner);
  const selector = toSelector(spec, kind, interner);
  const generation = numberAt(objectAt(object, 'metadata'), 'generation') ?? 0;
  return {
    generation,
    // Jobs and CronJobs report none: what they were told is what they do.
    observedGeneration: numberAt(status, 'observedGeneration') ?? (hasObservedGeneration(kind) ? 0 : generation),
    ...metadata,
    ...toCounts(kind, spec, status),
    ...(selector === undefined ? {} : { selector }),
    template: projectTemplate(objectAt(podOwnerSpec, 'template'), interner),
    ...(failure === undefined ? {} : { failure }),
  };
}

function hasObservedGeneration(kind: string): boolean {
  return kind !== 'Job' && kind !== 'CronJob';
}

function toCounts(kind: string, spec: Json, status: Json): Counts {
  const count = (key: string) => numberAt(status, key) ?? 0;
  switch (kind) {
    case 'DaemonSet':
      return {
        replicas: count('desiredNumberScheduled'),
        readyReplicas: count('numberReady'),
        updatedReplicas: count('updatedNumberScheduled'),
        isPaused: false,
      };
    case 'Job': {
      const replicas = numberAt(spec, 'parallelism') ?? 1;
      return { replicas, readyReplicas: count('ready'), updatedReplicas: replicas, isPaused: spec.suspend === true };
    }
    case 'CronJob': {
      const active = objectsAt(status, 'active').length;
      return { replicas: active, readyReplicas: active, updatedReplicas: active, isPaused: spec.suspend === true };
    }
    default: {
      const replicas = numberAt(spec, 'replicas') ?? 1;
      const hasRollout = kind === 'Deployment' || kind === 'StatefulSet';
      return {
        replicas,
        readyReplicas: count('readyReplicas'),
        updatedReplicas: hasRollout ? count('updatedReplicas') : count('replicas'),
        isPaused: spec.paused === true,
      };
    }
  }
}

/** The pod template of a workload. */
function projectTemplate(template: Json, interner: Interner): TemplateRecord {
  const metadata = objectAt(template, 'metadata');
  const spec = objectAt(template, 'spec');
  return {
    labels: interner.map(metadata.labels),
    annotations: interner.map(metadata.annotations, isKeptAnnotation),
    hostNetwork: spec.hostNetwork === true,
    serviceAccount: interner.text(textAt(spec, 'serviceAccountName')),
    containers: projectContainers(spec, 'containers', interner),
    initContainers: projectContainers(spec, 'initContainers', interner),
  };
}

function toSelector(spec: Json, kind: string, interner: Interner): LabelSelector | undefined {
  const raw = spec.selector;
  if (!isJson(raw)) return undefined;
  if (kind === 'ReplicationController') return { matchLabels: interner.map(raw) };
  const expressions = objectsAt(raw, 'matchExpressions').map((entry) => ({
    key: textAt(entry, 'key'),
    operator: textAt(entry, 'operator'),
    ...('values' in entry ? { values: textsAt(entry, 'values') } : {}),
  }));
  return {
    ...(isJson(raw.matchLabels) ? { matchLabels: interner.map(raw.matchLabels) } : {}),
    ...(expressions.length === 0 ? {} : { matchExpressions: expressions }),
  };
}

function findFailure(status: Json, interner: Interner): { reason: string; message: string } | undefined {
  for (const condition of objectsAt(status, 'conditions')) {
    if (condition.status !== 'True' || !FAILURE_CONDITIONS.has(textAt(condition, 'type'))) continue;
    return { reason: interner.text(textAt(condition, 'reason')), message: textAt(condition, 'message') };
  }
  return undefined;
}
