import { forbidden } from '@/demo/server/api-error';
import { recordAt, recordsAt, stringAt, stringMapAt } from '@/demo/server/json-access';
import type { JsonObject, KubeObject, NewObject } from '@/demo/server/object-types';
import type { Store } from '@/demo/server/store';
import { isFinished } from './pod-state';
import { fromMilli, toMilli } from './quantity';

/** Quota names that mean the same as another. */
const LONG_NAMES: Readonly<Record<string, string>> = { cpu: 'requests.cpu', memory: 'requests.memory' };
const COMPUTED = ['requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/** What a pod takes from a quota, in thousandths, by the quota's name of the resource. */
function usageOf(pod: NewObject, name: string): number {
  if (name === 'pods' || name === 'count/pods') return 1_000;
  const [kind = '', resource = ''] = (LONG_NAMES[name] ?? name).split('.');
  if (!COMPUTED.includes(`${kind}.${resource}`)) return 0;
  const amount = (container: JsonObject) => toMilli(recordAt(container, 'resources', kind)[resource]);
  const sum = (containers: readonly JsonObject[]) => containers.reduce((total, one) => total + amount(one), 0);
  // Sidecars started so far run beside each init container that comes after them.
  let sidecars = 0;
  let peak = 0;
  for (const container of recordsAt(pod, 'spec', 'initContainers')) {
    if (stringAt(container, 'restartPolicy') === 'Always') sidecars += amount(container);
    else peak = Math.max(peak, sidecars + amount(container));
  }
  return Math.max(peak, sidecars + sum(recordsAt(pod, 'spec', 'containers')));
}

/** The `used` map of a quota. */
export function quotaUsage(store: Store, quota: KubeObject): Record<string, string> {
  const pods = store.list('pods', quota.metadata.namespace).filter((pod) => !isFinished(pod));
  return Object.fromEntries(
    Object.keys(recordAt(quota, 'spec', 'hard')).map((name) => [
      name,
      fromMilli(
        name,
        pods.reduce((total, pod) => total + usageOf(pod, name), 0),
      ),
    ]),
  );
}

/** Refuses a pod that would go beyond a ResourceQuota. Source: Kubernetes, pkg/quota, admission controller.go, checkRequest. */
export function checkResourceQuotas(store: Store, pod: NewObject): void {
  for (const quota of store.list('resourcequotas', pod.metadata.namespace)) {
    const hard = stringMapAt(quota, 'spec', 'hard');
    const refuse = (why: string) => {
      throw forbidden({ group: '', plural: 'pods', name: pod.metadata.name ?? '' }, why);
    };
    const { name } = quota.metadata;
    const lacking = Object.keys(hard).flatMap((resource) => lackingContainers(pod, resource));
    if (lacking.length > 0) refuse(`failed quota: ${name}: must specify ${lacking.join('; ')}`);
    const used = quotaUsage(store, quota);
    const exceeded = Object.keys(hard)
      .filter((resource) => usageOf(pod, resource) > 0)
      .filter((resource) => usageOf(pod, resource) + toMilli(used[resource]) > toMilli(hard[resource]))
      .sort();
    if (exceeded.length === 0) continue;
    const list = (value: (resource: string) => string | undefined) =>
      exceeded.map((resource) => `${resource}=${value(resource) ?? '0'}`).join(',');
    const requested = list((resource) => fromMilli(resource, usageOf(pod, resource)));
    refuse(
      `exceeded quota: ${name}, requested: ${requested}, used: ${list((resource) => used[resource])}, limited: ${list((resource) => hard[resource])}`,
    );
  }
}

/** `limits.cpu for: app,istio-proxy`, when containers lack what the quota counts. */
function lackingContainers(pod: NewObject, name: string): string[] {
  const [kind = '', resource = ''] = (LONG_NAMES[name] ?? name).split('.');
  if (!COMPUTED.includes(`${kind}.${resource}`)) return [];
  const containers = [...recordsAt(pod, 'spec', 'containers'), ...recordsAt(pod, 'spec', 'initContainers')];
  const names = containers
    .filter((container) => recordAt(container, 'resources', kind)[resource] === undefined)
    .map((container) => stringAt(container, 'name') ?? '')
    .sort();
  return names.length === 0 ? [] : [`${name} for: ${names.join(',')}`];
}
