import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barePod, container, namespace } from '@/demo/scenarios/build-objects';
import { recordsAt } from '@/demo/server/json-access';
import type { KubeObject } from '@/demo/server/object-types';
import { type DemoCluster, startDemoCluster } from '@/demo/start-demo-cluster';
import { create, hasSidecar, names } from './demo-client';

const MAP = { name: 'istio-sidecar-injector', namespace: 'istio-system' };

let cluster: DemoCluster;
let former: Record<string, string>;
beforeAll(async () => {
  cluster = await startDemoCluster({ scenario: 'all', readyDelayMs: 40 });
  await create(cluster, 'namespaces', namespace('fresh', { 'istio-injection': 'enabled' }));
  await create(cluster, 'namespaces', namespace('tagged', { 'istio.io/rev': '1-10-2' }));
  former = Object(cluster.store.get('configmaps', MAP)?.data);
});
afterAll(() => cluster.stop());

function setConfig(change: Readonly<Record<string, string>>, ref = MAP): void {
  cluster.store.modify('configmaps', ref, (draft) => {
    draft.data = { ...Object(draft.data), ...change };
  });
}

let count = 0;
function arrive(ns = 'fresh'): Promise<KubeObject> {
  count += 1;
  const app = container({ name: 'app', image: 'nginx:1.27.3', ports: [8080] });
  return create(cluster, 'pods', barePod({ name: `app-${count}`, namespace: ns, containers: [app] }));
}

const imageOf = (pod: KubeObject) =>
  [...recordsAt(pod, 'spec', 'initContainers'), ...recordsAt(pod, 'spec', 'containers')].find(
    ({ name }) => name === 'istio-proxy',
  )?.image;

describe('the injector of the demo cluster', () => {
  it('follows changed values', async () => {
    setConfig({ values: former.values?.replace('"1.30.1"', '"1.30.9"') ?? '' });
    expect(imageOf(await arrive())).toBe('docker.io/istio/proxyv2:1.30.9');
    setConfig(former);
    expect(imageOf(await arrive())).toBe('docker.io/istio/proxyv2:1.30.1');
  });

  it('follows a changed template, and a changed policy', async () => {
    setConfig({ config: former.config?.replaceAll('istio-ca-crl', 'my-crl') ?? '' });
    const volumes = recordsAt(await arrive(), 'spec', 'volumes').map(({ name }) => name);
    expect(volumes).toContain('my-crl');
    setConfig({ config: former.config?.replace('policy: enabled', 'policy: disabled') ?? '' });
    expect(hasSidecar(await arrive())).toBe(false);
    setConfig(former);
    expect(hasSidecar(await arrive())).toBe(true);
  });

  it('follows changed values to CNI', async () => {
    const values = JSON.parse(former.values ?? '');
    values.pilot.cni.enabled = true;
    setConfig({ values: JSON.stringify(values) });
    const pod = await arrive();
    expect(names(pod, 'initContainers')).toEqual(['istio-validation', 'istio-proxy']);
    expect(pod.metadata.annotations?.['sidecar.istio.io/interceptionMode']).toBe('REDIRECT');
    setConfig(former);
  });

  it.each([
    ['config that is no YAML', { config: 'policy: [' }],
    ['a template that does not parse', { config: 'policy: enabled\ntemplates:\n  sidecar: "{{ if }}"\n' }],
    ['values that are none', { values: '{' }],
  ])('keeps to the former configuration after %s', async (_what, broken) => {
    setConfig(broken);
    expect(imageOf(await arrive())).toBe('docker.io/istio/proxyv2:1.30.1');
    setConfig(former);
  });

  it('keeps to it when the ConfigMap is gone', async () => {
    cluster.store.delete('configmaps', MAP);
    expect(hasSidecar(await arrive())).toBe(true);
    await create(cluster, 'configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...MAP }, data: former });
  });

  it('leaves other revisions alone', async () => {
    setConfig({ config: former.config?.replace('policy: enabled', 'policy: disabled') ?? '' });
    const pod = await arrive('tagged');
    expect(names(pod, 'containers')).toEqual(['app', 'istio-proxy']);
    expect(imageOf(pod)).toBe('docker.io/istio/proxyv2:1.10.2');
    setConfig(former);
  });
});
