import { recordAt, recordsAt, stringAt, stringsAt, valueAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject, NewObject } from '@/demo/server/object-types';
import { buildPod } from './build-pod';
import type { Controller, ControllerContext } from './controller';
import { keepRevision, REVISION_HASH_LABEL, type TemplateRevision } from './controller-revisions';
import { keyOf, ownOrOwnerKeys, refOf } from './object-keys';
import { createPods, deletePods } from './pod-creation';
import { isActive, isFinished, isReady, podsOf } from './pod-state';
import { scaledValue } from './rollout-sizes';
import { mayRunOn } from './scheduler';
import { RetryLater } from './work-queue';

const RESOURCE = 'daemonsets.apps';
const COMPONENT = 'daemonset-controller';
const GENERATION_LABEL = 'pod-template-generation';

/** Tolerations that every pod of a DaemonSet gets. Source: Kubernetes, pkg/controller/daemon/util/daemonset_util.go. */
const TOLERATIONS: readonly JsonObject[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
];
const NETWORK_TOLERATION: JsonObject = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
};

/** Keeps one pod on every node that the template may run on. */
export function createDaemonSetController(context: ControllerContext): Controller {
  const { store } = context;
  const all = () => store.list(RESOURCE).map((object) => keyOf(object.metadata));
  return {
    name: COMPONENT,
    initialKeys: all,
    keysOf: (event) =>
      event.row.kind === 'Node' ? nodeKeys(event.type, all) : ownOrOwnerKeys(event, 'DaemonSet', ['Pod']),
    reconcile: async (key) => {
      const set = store.get(RESOURCE, refOf(key));
      if (set === undefined || set.metadata.deletionTimestamp !== undefined) return;
      const revision = keepRevision(store, set);
      const nodes = nodesFor(context, set, revision);
      const failure = await settle(context, set, revision, nodes);
      report(context, key, revision, nodes.length);
      if (failure !== undefined) throw new RetryLater(failure);
    },
  };
}

// Node heartbeats are many and change nothing here.
function nodeKeys(type: string, all: () => string[]): string[] {
  return type === 'MODIFIED' ? [] : all();
}

function nodesFor({ store }: ControllerContext, set: KubeObject, revision: TemplateRevision): KubeObject[] {
  return store.list('nodes').filter((node) => {
    const pod = buildDaemonPod(set, node.metadata.name, revision);
    return mayRunOn({ spec: recordAt(pod, 'spec') }, node);
  });
}

/** The set's pod for one node; node affinity pins it there. */
function buildDaemonPod(set: KubeObject, nodeName: string, revision: TemplateRevision): NewObject {
  const generation = set.metadata.annotations?.['deprecated.daemonset.template.generation'] ?? '1';
  const pod = buildPod(set, { labels: { [REVISION_HASH_LABEL]: revision.hash, [GENERATION_LABEL]: generation } });
  const spec = recordAt(pod, 'spec');
  const nodeSelectorTerms = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeName] }] }];
  const affinity = {
    ...recordAt(spec, 'affinity'),
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  };
  const own = spec.hostNetwork === true ? [...TOLERATIONS, NETWORK_TOLERATION] : TOLERATIONS;
  return { ...pod, spec: { ...spec, affinity, tolerations: [...recordsAt(spec, 'tolerations'), ...own] } };
}

function nodeOf(pod: KubeObject): string {
  const terms = recordsAt(
    valueAt(pod, 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'),
    'nodeSelectorTerms',
  );
  const pinned = terms
    .flatMap((term) => recordsAt(term, 'matchFields'))
    .flatMap((field) => stringsAt(field, 'values'))[0];
  return stringAt(pod, 'spec', 'nodeName') ?? pinned ?? '';
}

async function settle(
  context: ControllerContext,
  set: KubeObject,
  revision: TemplateRevision,
  nodes: readonly KubeObject[],
): Promise<string | undefined> {
  const pods = podsOf(context.store, set);
  const wanted = new Set(nodes.map((node) => node.metadata.name));
  const unwanted = pods.filter((pod) => isLeaving(pod, wanted));
  deletePods(context, set, COMPONENT, unwanted);
  const served = new Set(pods.map(nodeOf));
  const missing = [...wanted].filter((nodeName) => !served.has(nodeName));
  const fresh = missing.map((nodeName) => buildDaemonPod(set, nodeName, revision));
  const { failure } = await createPods(context, { owner: set, component: COMPONENT, pods: fresh });
  if (failure !== undefined || missing.length > 0) return failure;
  update(context, set, revision, wanted.size);
  return undefined;
}

function isLeaving(pod: KubeObject, wanted: ReadonlySet<string>): boolean {
  return pod.metadata.deletionTimestamp === undefined && (isFinished(pod) || !wanted.has(nodeOf(pod)));
}

/** Deletes pods of earlier templates, as many as may be missing at a time. */
function update(context: ControllerContext, set: KubeObject, revision: TemplateRevision, desired: number): void {
  if (stringAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return;
  const limit = valueAt(set, 'spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable') ?? 1;
  const pods = podsOf(context.store, set);
  const isOld = (pod: KubeObject) => pod.metadata.labels?.[REVISION_HASH_LABEL] !== revision.hash;
  const unavailable = desired - pods.filter((pod) => isActive(pod) && isReady(pod)).length;
  const room = Math.max(1, scaledValue(limit, desired, 'up')) - unavailable;
  const old = pods.filter((pod) => isActive(pod) && isOld(pod));
  const broken = old.filter((pod) => !isReady(pod));
  const sound = old.filter(isReady).slice(0, Math.max(0, room));
  deletePods(context, set, COMPONENT, [...broken, ...sound]);
}

function report({ store }: ControllerContext, key: string, revision: TemplateRevision, desired: number): void {
  const set = store.get(RESOURCE, refOf(key));
  if (set === undefined) return;
  const pods = podsOf(store, set).filter(isActive);
  const ready = pods.filter(isReady).length;
  const updated = pods.filter((pod) => pod.metadata.labels?.[REVISION_HASH_LABEL] === revision.hash).length;
  const status = {
    currentNumberScheduled: pods.length,
    numberMisscheduled: 0,
    desiredNumberScheduled: desired,
    numberReady: ready,
    observedGeneration: set.metadata.generation ?? 0,
    ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
    ...(ready > 0 ? { numberAvailable: ready } : {}),
    ...(ready < desired ? { numberUnavailable: desired - ready } : {}),
  };
  store.updateStatus(RESOURCE, { ...set, status }, { manager: 'kube-controller-manager' });
}
