import { describe, expect, it } from 'vitest';
import type { Pod } from '@/lib/core/kube/pod-types';
import { application, injectedPod, proxy, setup, testPod } from './build-test-pod';
import { comparePods } from './compare-pods';
import { recoverWrittenPod } from './recover-written-pod';

/** What differs from a plain pod of one application container. */
function differences(pod: Pod, kind = 'ReplicaSet', spec = testPod().spec ?? {}) {
  const owner = { kind, name: 'web', template: { metadata: {}, spec } };
  return comparePods(recoverWrittenPod(pod, owner), pod);
}
const line = (pod: Pod, kind?: string) =>
  differences(pod, kind)
    .filter(({ isPart }) => !isPart)
    .map(({ kind: sign, path, origin }) => `${sign} ${path} ${origin}`);

describe('comparePods', () => {
  it('finds nothing in a pod that runs as written', () => {
    expect(differences(testPod())).toEqual([]);
  });

  it.each<[name: string, pod: Pod, want: readonly string[]]>([
    [
      'the native sidecar',
      injectedPod({ volumes: [] }),
      [
        'added initContainers[0] istio-init injection-template',
        'added initContainers[1] istio-proxy native-sidecar',
        'added annotations sidecar.istio.io/status post-processing',
      ],
    ],
    [
      'a sidecar of the old kind',
      injectedPod({
        volumes: [],
        initContainers: [setup],
        containers: [application(), proxy()],
        status: { initContainers: ['istio-init'], containers: ['istio-proxy'] },
      }),
      [
        'added initContainers[0] istio-init injection-template',
        'added containers[1] istio-proxy injection-template',
        'added annotations sidecar.istio.io/status post-processing',
      ],
    ],
    [
      'a volume of the template and one of nobody',
      testPod({
        volumes: [
          { name: 'istio-envoy', emptyDir: {} },
          { name: 'odd', emptyDir: {} },
        ],
        status: { volumes: ['istio-envoy'] },
      }),
      [
        'added volumes istio-envoy injection-template',
        'added volumes odd unknown',
        'added annotations sidecar.istio.io/status post-processing',
      ],
    ],
    [
      'the token that every pod gets',
      testPod({ volumes: [{ name: 'kube-api-access-abcde', projected: {} }] }),
      ['added volumes kube-api-access-abcde api-server'],
    ],
    ['scheduling', testPod({ spec: { nodeName: 'node-1' } }), ['added nodeName scheduler']],
    [
      'labels of controller, node and hand',
      testPod({ labels: { 'topology.kubernetes.io/zone': 'a', mine: 'x' } }),
      ['added labels topology.kubernetes.io/zone api-server', 'added labels mine unknown'],
    ],
    [
      'a container that another webhook added',
      testPod({ containers: [application(), { name: 'vault-agent', image: 'vault:1' }] }),
      ['added containers[1] vault-agent unknown'],
    ],
    [
      'a changed image',
      testPod({ containers: [application({ image: 'shop/app:3' })] }),
      ['changed containers[0] app · image unknown'],
    ],
    ['a container that is gone', testPod({ containers: [] }), ['removed containers[0] app unknown']],
    [
      'a probe that the agent answers',
      testPod({
        containers: [application({ livenessProbe: { httpGet: { path: '/app-health/app/livez', port: 15020 } } })],
      }),
      ['added containers[0] app · livenessProbe probe-rewrite'],
    ],
    [
      'what the LimitRange filled in',
      testPod({
        annotations: { 'kubernetes.io/limit-ranger': 'LimitRanger plugin set: cpu request for container app' },
        containers: [application({ resources: { requests: { cpu: '1' } } })],
      }),
      ['added annotations kubernetes.io/limit-ranger api-server', 'added containers[0] app · resources api-server'],
    ],
  ])('%s', (_name, pod, want) => {
    expect(line(pod)).toEqual(want);
  });

  it('takes a claim of a StatefulSet for the controller’s work', () => {
    const pod = testPod({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-0' } }] });
    expect(line(pod, 'StatefulSet')).toEqual(['added volumes data workload-controller']);
  });

  it('shows a proxy that the injector moved as changed, not as gone and new', () => {
    const written = { containers: [application(), proxy({ restartPolicy: 'Always' })] };
    const found = differences(
      injectedPod({ volumes: [], initContainers: [proxy()], status: { initContainers: ['istio-proxy'] } }),
      'ReplicaSet',
      written,
    );
    expect(found[0]).toMatchObject({
      kind: 'changed',
      before: 'containers[1] istio-proxy',
      after: 'initContainers[0] istio-proxy',
    });
  });

  it('shows of a Secret the reference only', () => {
    const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } }];
    const [change] = differences(testPod({ containers: [application({ env })] }));
    expect(change).toMatchObject({ group: 'env', after: 'secretKeyRef database/password' });
  });

  it('marks the parts of a new container, and gives sentences no blocks of YAML', () => {
    const found = differences(injectedPod());
    expect(found.filter(({ isPart }) => isPart).every(({ container }) => container?.startsWith('istio-'))).toBe(true);
    expect(found.some(({ because }) => String(because.values?.value).includes('\n'))).toBe(false);
  });
});
