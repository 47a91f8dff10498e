import { expect } from 'vitest';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import type { KubeObject, NewObject } from '@/demo/server/object-types';
import type { DemoCluster } from '@/demo/start-demo-cluster';

/** Waits until a question about the cluster is answered with yes. */
export async function until(question: () => boolean, timeoutMs = 8_000): Promise<void> {
  await expect.poll(question, { timeout: timeoutMs, interval: 20 }).toBe(true);
}

export function podsIn(cluster: DemoCluster, namespace: string): KubeObject[] {
  return cluster.store.list('pods', namespace);
}

export function names(pod: KubeObject, list: 'containers' | 'initContainers'): string[] {
  return recordsAt(pod, 'spec', list).map((container) => stringAt(container, 'name') ?? '');
}

export function hasSidecar(pod: KubeObject): boolean {
  return [...names(pod, 'containers'), ...names(pod, 'initContainers')].includes('istio-proxy');
}

export function isRunning(pod: KubeObject): boolean {
  const ready = recordsAt(pod, 'status', 'conditions').find((condition) => condition.type === 'Ready');
  return ready?.status === 'True' && pod.metadata.deletionTimestamp === undefined;
}

export function warnings(cluster: DemoCluster, namespace: string): string[] {
  return cluster.store
    .list('events', namespace)
    .filter((event) => event.type === 'Warning')
    .map((event) => String(event.message));
}

/** Creates an object as a client's request would. */
export function create(cluster: DemoCluster, resource: string, object: NewObject): Promise<KubeObject> {
  return cluster.apiServer.admission.createWithAdmission(resource, object, { manager: 'test' });
}

export function relabel(cluster: DemoCluster, namespace: string, labels: Readonly<Record<string, string>>): void {
  cluster.store.modify('namespaces', { name: namespace }, (draft) => {
    draft.metadata.labels = { ...draft.metadata.labels, ...labels };
  });
}

/** What `kubectl rollout restart` changes. */
export function restart(cluster: DemoCluster, namespace: string, name: string): void {
  cluster.store.modify('deployments.apps', { namespace, name }, (draft) => {
    const spec = JSON.parse(JSON.stringify(draft.spec));
    spec.template.metadata.annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
    draft.spec = spec;
  });
}
