import 'server-only';
import {
  isJson,
  type Json,
  numberAt,
  objectAt,
  objectsAt,
  parseJson,
  textAt,
  textsAt,
} from '@/lib/cluster/json-fields';
import { STATUS_ANNOTATION } from '@/lib/core/kube/names';
import type { ContainerRecord, InjectionStatus, PodRecord } from '@/lib/core/kube/records';
import type { Interner } from './interner';
import { projectContainers } from './project-containers';
import { projectMetadata } from './project-metadata';
import { sidecarPrint } from './sidecar-print';

/** A pod as the snapshot keeps it; ready, total and restarts count as `kubectl get pods` counts them. */
export function projectPod(object: Json, interner: Interner): PodRecord {
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const containers = projectContainers(spec, 'containers', interner);
  const initContainers = projectContainers(spec, 'initContainers', interner);
  const sidecars = initContainers.filter((container) => container.restartPolicy === 'Always');
  const statuses = objectsAt(status, 'containerStatuses');
  const sidecarStatuses = objectsAt(status, 'initContainerStatuses').filter((entry) => isOneOf(entry, sidecars));
  const running = [...statuses, ...sidecarStatuses];
  const injection = projectInjection(object, interner);
  const reason = textAt(status, 'reason') || waitingReason(running);
  return {
    phase: interner.text(textAt(status, 'phase')),
    reason: interner.text(reason),
    nodeName: interner.text(textAt(spec, 'nodeName')),
    podIP: textAt(status, 'podIP'),
    serviceAccount: interner.text(textAt(spec, 'serviceAccountName')),
    hostNetwork: spec.hostNetwork === true,
    containers,
    initContainers,
    readyContainers: running.filter((entry) => entry.ready === true).length,
    totalContainers: containers.length + sidecars.length,
    restarts: running.reduce((sum, entry) => sum + (numberAt(entry, 'restartCount') ?? 0), 0),
    isReady: objectsAt(status, 'conditions').some((entry) => entry.type === 'Ready' && entry.status === 'True'),
    ...projectMetadata(object, 'Pod', interner),
    ...(injection === undefined ? {} : { injection, sidecarPrint: interner.text(sidecarPrint(object, injection)) }),
  };
}

/** The parsed injection status annotation; undefined when the pod has none or it is not JSON. */
function projectInjection(object: Json, interner: Interner): InjectionStatus | undefined {
  const text = textAt(objectAt(objectAt(object, 'metadata'), 'annotations'), STATUS_ANNOTATION);
  return text === '' ? undefined : interner.injection(text, parseInjection);
}

function parseInjection(text: string): InjectionStatus | undefined {
  const raw = parseJson(text);
  if (!isJson(raw)) return undefined;
  return {
    revision: textAt(raw, 'revision'),
    containers: textsAt(raw, 'containers'),
    initContainers: textsAt(raw, 'initContainers'),
    volumes: textsAt(raw, 'volumes'),
    imagePullSecrets: textsAt(raw, 'imagePullSecrets'),
  };
}

function isOneOf(status: Json, containers: readonly ContainerRecord[]): boolean {
  const name = textAt(status, 'name');
  return containers.some((container) => container.name === name);
}

function waitingReason(statuses: readonly Json[]): string {
  for (const status of statuses) {
    const reason = textAt(objectAt(objectAt(status, 'state'), 'waiting'), 'reason');
    if (reason !== '' && reason !== 'PodInitializing' && reason !== 'ContainerCreating') return reason;
  }
  return '';
}
