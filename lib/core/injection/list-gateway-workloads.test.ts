import { describe, expect, it } from 'vitest';
import { classifyWorkload } from './classify-workload';
import { listGatewayWorkloads } from './list-gateway-workloads';
import { buildNamespaceContext, NO_FACTS } from './namespace-context';
import { podRecord } from './record-builders';
import { resolveWorkloads } from './resolve-workloads';

const proxy = { name: 'istio-proxy', image: 'docker.io/istio/proxyv2:1.24.0', ports: [] };
const app = { name: 'app', image: 'nginx:1.18.0', ports: [80] };

function gatewaysOf(...pods: ReturnType<typeof podRecord>[]) {
  const context = buildNamespaceContext('shop', undefined, NO_FACTS);
  return listGatewayWorkloads(resolveWorkloads([], pods).map((workload) => classifyWorkload(workload, context)));
}

describe('listGatewayWorkloads', () => {
  it('finds pods that run the proxy alone', () => {
    const [gateway] = gatewaysOf(podRecord({ name: 'edge', containers: [proxy], isReady: true }));
    expect(gateway).toMatchObject({ namespace: 'shop', name: 'edge', pods: 1, ready: 1, version: '1.24.0' });
  });

  it('takes the revision from the label where no injector left a status', () => {
    const [gateway] = gatewaysOf(
      podRecord({ name: 'edge', containers: [proxy], labels: { 'istio.io/rev': '1-10-2' } }),
    );
    expect(gateway?.revision).toBe('1-10-2');
  });

  it('leaves out an application beside its proxy', () => {
    expect(gatewaysOf(podRecord({ name: 'web', containers: [app, proxy] }))).toEqual([]);
  });

  it('leaves out an application whose proxy is a native sidecar', () => {
    const pod = podRecord({ name: 'web', containers: [app], initContainers: [proxy] });
    expect(gatewaysOf(pod)).toEqual([]);
  });

  it('leaves out a pod without a proxy', () => {
    expect(gatewaysOf(podRecord({ name: 'web', containers: [] }))).toEqual([]);
  });
});
