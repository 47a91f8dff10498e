import { recordsAt, stringAt, stringMapAt, stringsAt, valueAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { conditionsOf, withCondition } from './conditions';
import type { Controller, ControllerContext } from './controller';
import { keyOf, refOf, toTime } from './object-keys';

const ZONE_LABELS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];
const COMPONENT = 'default-scheduler';

/** Picks nodes for pods: the least loaded one that the pod may run on. */
export interface NodePicker {
  pick(pod: { readonly spec?: JsonObject }): KubeObject | undefined;
  noteAdded(nodeName: string): void;
  noteRemoved(nodeName: string): void;
}

export function createNodePicker(store: Store): NodePicker {
  const load = new Map<string, number>();
  const add = (nodeName: string, by: number) => load.set(nodeName, (load.get(nodeName) ?? 0) + by);
  for (const pod of store.list('pods')) {
    const nodeName = stringAt(pod, 'spec', 'nodeName');
    if (nodeName !== undefined) add(nodeName, 1);
  }
  return {
    pick: (pod) => {
      const fitting = store.list('nodes').filter((node) => mayRunOn(pod, node));
      const loadOf = (node: KubeObject) => load.get(node.metadata.name) ?? 0;
      return fitting.sort((left, right) => loadOf(left) - loadOf(right))[0];
    },
    noteAdded: (nodeName) => add(nodeName, 1),
    noteRemoved: (nodeName) => add(nodeName, -1),
  };
}

/** Whether node selector, required node affinity by name, cordon and taints let a pod onto a node. */
export function mayRunOn(pod: { readonly spec?: JsonObject }, node: KubeObject): boolean {
  const labels = node.metadata.labels ?? {};
  const isSelected = Object.entries(stringMapAt(pod, 'spec', 'nodeSelector')).every(
    ([name, value]) => labels[name] === value,
  );
  const names = pinnedNodes(pod);
  const tolerations = recordsAt(pod, 'spec', 'tolerations');
  const taints = recordsAt(node, 'spec', 'taints').filter((taint) => taint.effect !== 'PreferNoSchedule');
  const isTolerated = taints.every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)));
  const isOpen = node.spec?.unschedulable !== true || names !== undefined;
  return isSelected && isTolerated && isOpen && (names === undefined || names.includes(node.metadata.name));
}

function tolerates(toleration: JsonObject, taint: JsonObject): boolean {
  if (toleration.effect !== undefined && toleration.effect !== taint.effect) return false;
  if (toleration.key === undefined) return toleration.operator === 'Exists';
  return toleration.key === taint.key && (toleration.operator === 'Exists' || toleration.value === taint.value);
}

/** Node names that a DaemonSet pins its pods to. */
function pinnedNodes(pod: { readonly spec?: JsonObject }): string[] | undefined {
  const path = ['spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution'];
  const fields = recordsAt(valueAt(pod, ...path), 'nodeSelectorTerms').flatMap((term) =>
    recordsAt(term, 'matchFields'),
  );
  const named = fields.find((field) => field.key === 'metadata.name');
  return named === undefined ? undefined : stringsAt(named, 'values');
}

/** Labels that a pod takes over from its node. */
export function zoneLabels(node: KubeObject): Record<string, string> {
  const labels = node.metadata.labels ?? {};
  return Object.fromEntries(ZONE_LABELS.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])));
}

/** Gives every new pod a node. */
export function createScheduler(context: ControllerContext): Controller {
  const { store } = context;
  const picker = createNodePicker(store);

  const reconcile = (key: string) => {
    const pod = store.get('pods', refOf(key));
    if (pod === undefined || pod.spec?.nodeName !== undefined || pod.metadata.deletionTimestamp !== undefined) return;
    if ((stringAt(pod, 'spec', 'schedulerName') ?? COMPONENT) !== COMPONENT) return;
    const node = picker.pick(pod);
    if (node === undefined) return reportUnschedulable(context, pod);
    const nodeName = node.metadata.name;
    const bind = (draft: KubeObject) => {
      draft.spec = { ...draft.spec, nodeName };
      draft.metadata.labels = { ...draft.metadata.labels, ...zoneLabels(node) };
      const scheduled = {
        type: 'PodScheduled',
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: toTime(context.now()),
      };
      draft.status = { ...draft.status, conditions: withCondition(conditionsOf(draft), 'PodScheduled', scheduled) };
    };
    store.modify('pods', pod.metadata, bind, { subresource: 'binding' });
    const message = `Successfully assigned ${key} to ${nodeName}`;
    context.events.record(pod, { component: COMPONENT, type: 'Normal', reason: 'Scheduled', message });
  };

  return {
    name: COMPONENT,
    initialKeys: () => waiting(store),
    keysOf: ({ row, type, key, object, previous }) => {
      if (row.kind === 'Node') return type === 'DELETED' ? [] : waiting(store);
      if (row.kind !== 'Pod') return [];
      const before = stringAt(previous, 'spec', 'nodeName');
      const now = type === 'DELETED' ? undefined : stringAt(object, 'spec', 'nodeName');
      if (before === undefined && now !== undefined) picker.noteAdded(now);
      if (before !== undefined && now === undefined) picker.noteRemoved(before);
      return type === 'ADDED' && now === undefined ? [key] : [];
    },
    reconcile,
  };
}

function waiting(store: Store): string[] {
  return store.list('pods').flatMap((pod) => (pod.spec?.nodeName === undefined ? [keyOf(pod.metadata)] : []));
}

function reportUnschedulable({ store, events, now }: ControllerContext, pod: KubeObject): void {
  const count = store.list('nodes').length;
  const message = `0/${count} nodes are available: ${count} node(s) didn't match Pod's node affinity/selector. preemption: 0/${count} nodes are available: ${count} Preemption is not helpful for scheduling.`;
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: toTime(now()),
    reason: 'Unschedulable',
    message,
  };
  const conditions = withCondition(conditionsOf(pod), 'PodScheduled', condition);
  const status = { ...pod.status, phase: 'Pending', conditions };
  store.updateStatus('pods', { ...pod, status }, { manager: 'kube-scheduler' });
  events.record(pod, { component: COMPONENT, type: 'Warning', reason: 'FailedScheduling', message });
}
