import { describe, expect, it } from 'vitest';
import type { Pod, PodSpec } from '@/lib/core/kube/pod-types';
import type { PodChange } from './change-types';
import { comparePods } from './compare-pods';
import { appContainer, plainPod, sidecarPod } from './example-pods';
import type { WrittenPod } from './written-pod';

const writtenAs = (pod: Pod, ownerKind?: string): WrittenPod => ({
  source: 'owner-template',
  ...(ownerKind === undefined ? {} : { owner: { kind: ownerKind, name: 'shop' } }),
  template: { metadata: pod.metadata, spec: pod.spec ?? {} },
  parts: [],
  proof: { verified: 'none', differences: [] },
  ownerDifferences: [],
});
const compare = (pod: Pod, before: Pod = plainPod(), ownerKind?: string) =>
  comparePods(writtenAs(before, ownerKind), pod);
const line = ({ kind, path, origin }: PodChange) => `${kind} ${path} by ${origin}`;
const of = (group: string, changes: readonly PodChange[]) =>
  changes.filter((change) => change.group === group).map(line);

describe('comparePods', () => {
  it('finds nothing between equal pods', () => {
    expect(compare(plainPod())).toEqual([]);
    expect(compare(plainPod({ spec: { containers: [appContainer({ resources: {} })], securityContext: {} } }))).toEqual(
      [],
    );
  });

  it('names the containers that injection brings, and how they run', () => {
    expect(
      of(
        'containers',
        compare(sidecarPod()).filter(({ isPart }) => !isPart),
      ),
    ).toEqual([
      'added initContainers[0] istio-init by injection-template',
      'added initContainers[1] istio-proxy by native-sidecar',
    ]);
    expect(
      of(
        'containers',
        compare(sidecarPod({ isClassic: true })).filter(({ isPart }) => !isPart),
      ),
    ).toEqual([
      'added initContainers[0] istio-init by injection-template',
      'added containers[1] istio-proxy by injection-template',
    ]);
  });

  it('tells the capture rules with their own ports', () => {
    const [first] = compare(sidecarPod());
    expect(first?.because).toMatchObject({
      code: 'pod.container.init',
      values: { mode: 'REDIRECT', inbound: '15006', outbound: '15001', excluded: '15090, 15021, 15020' },
    });
  });

  it('shows a container that moved between the lists as changed', () => {
    const before = plainPod({ spec: { containers: [appContainer(), { name: 'istio-proxy', image: 'auto' }] } });
    const changes = compare(sidecarPod(), before);
    expect(changes.map(line)).toContain('changed initContainers[1] istio-proxy by native-sidecar');
    expect(changes.find(({ id }) => id === 'containers/istio-proxy/image')).toMatchObject({
      kind: 'changed',
      before: 'auto',
      after: 'proxyv2:1.31.0',
    });
  });

  it.each<[name: string, env: string, origin: string]>([
    ['the template', 'CA_ADDR', 'injection-template'],
    ['the steps after it', 'ISTIO_META_CLUSTER_ID', 'post-processing'],
    ['the probe rewrite', 'ISTIO_KUBE_APP_PROBERS', 'probe-rewrite'],
    ['the metrics merge', 'ISTIO_PROMETHEUS_ANNOTATIONS', 'prometheus-merge'],
  ])('tells environment apart by who wrote it: %s', (_name, env, origin) => {
    const changes = compare(sidecarPod({ env: env === 'CA_ADDR' ? [] : [{ name: env, value: 'x' }] }));
    expect(changes.find(({ id }) => id === `env/istio-proxy/${env}`)).toMatchObject({ origin, isPart: true });
  });

  it('never shows what a Secret holds', () => {
    const secretKeyRef = { name: 'db', key: 'password' };
    const env = [{ name: 'PASSWORD', value: 'hunter2', valueFrom: { secretKeyRef } }];
    const changes = compare(plainPod({ spec: { containers: [appContainer({ env })] } }));
    expect(changes.map(({ after }) => after)).toEqual(['secretKeyRef db/password']);
    expect(JSON.stringify(changes)).not.toContain('hunter2');
  });

  it.each<[name: string, pod: Pod, want: string]>([
    [
      'a label of the template',
      plainPod({ metadata: { labels: { app: 'shop', 'service.istio.io/canonical-name': 'shop' } } }),
      'added labels service.istio.io/canonical-name by injection-template',
    ],
    [
      'a label of the node',
      plainPod({ metadata: { labels: { app: 'shop', 'topology.kubernetes.io/zone': 'a' } } }),
      'added labels topology.kubernetes.io/zone by api-server',
    ],
    [
      'a label of the controller',
      plainPod({ metadata: { labels: { app: 'shop', 'pod-template-hash': '5d9' } } }),
      'added labels pod-template-hash by workload-controller',
    ],
    [
      'a label of somebody else',
      plainPod({ metadata: { labels: { app: 'shop', team: 'x' } } }),
      'added labels team by unknown',
    ],
    ['a label that is gone', plainPod({ metadata: { labels: {} } }), 'removed labels app by unknown'],
    ['the node', plainPod({ spec: { nodeName: 'node-1' } }), 'added nodeName by scheduler'],
    [
      'a network plug-in',
      plainPod({ metadata: { annotations: { 'cni.projectcalico.org/podIP': '10.0.0.7' } } }),
      'added annotations cni.projectcalico.org/podIP by network-plugin',
    ],
    [
      'a container of another webhook',
      plainPod({ spec: { containers: [appContainer(), { name: 'vault-agent', image: 'v:1' }] } }),
      'added containers[1] vault-agent by unknown',
    ],
    ['a container that is gone', plainPod({ spec: { containers: [] } }), 'removed containers[0] app by unknown'],
    [
      'the token mount',
      plainPod({
        spec: {
          containers: [
            appContainer({
              volumeMounts: [
                { name: 'kube-api-access-abcde', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
              ],
            }),
          ],
        },
      }),
      'added containers[0] app · mount /var/run/secrets/kubernetes.io/serviceaccount by api-server',
    ],
    [
      'the token volume',
      plainPod({ spec: { volumes: [{ name: 'kube-api-access-abcde', projected: { sources: [] } }] } }),
      'added volumes kube-api-access-abcde by api-server',
    ],
    [
      'a pull secret of the service account',
      plainPod({ spec: { imagePullSecrets: [{ name: 'reg' }] } }),
      'added imagePullSecrets reg by api-server',
    ],
    [
      'a default toleration',
      plainPod({
        spec: {
          tolerations: [
            {
              key: 'node.kubernetes.io/unreachable',
              operator: 'Exists',
              effect: 'NoExecute',
              tolerationSeconds: 300,
            },
          ],
        } as PodSpec,
      }),
      'added tolerations node.kubernetes.io/unreachable NoExecute by api-server',
    ],
  ])('names the origin of %s', (_name, pod, want) => {
    expect(compare(pod).map(line)).toContain(want);
  });

  it('knows the tolerations and volumes of controllers', () => {
    const tolerations = [{ key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' }];
    const daemon = compare(plainPod({ spec: { tolerations } as PodSpec }), plainPod(), 'DaemonSet');
    expect(daemon.map(({ origin }) => origin)).toContain('workload-controller');
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data-shop-0' } }];
    expect(compare(plainPod({ spec: { volumes } }), plainPod(), 'StatefulSet').map(line)).toEqual([
      'added volumes data by workload-controller',
    ]);
    expect(compare(plainPod({ spec: { volumes } })).map(line)).toEqual(['added volumes data by unknown']);
  });

  it('shows a rewritten probe with both forms', () => {
    const before = plainPod({ spec: { containers: [appContainer({ livenessProbe: { tcpSocket: { port: 80 } } })] } });
    const after = sidecarPod({ app: { livenessProbe: { httpGet: { path: '/app-health/app/livez', port: 15020 } } } });
    expect(compare(after, before).find(({ group, isPart }) => group === 'probes' && !isPart)).toMatchObject({
      kind: 'changed',
      origin: 'probe-rewrite',
      before: 'tcpSocket:\n  port: 80',
      after: 'httpGet:\n  path: /app-health/app/livez\n  port: 15020',
    });
  });

  it('tells ports of the host’s network apart from injection', () => {
    const containers = [appContainer({ ports: [{ containerPort: 80, hostPort: 80, protocol: 'TCP' }] })];
    expect(
      compare(plainPod({ spec: { hostNetwork: true, containers } }), plainPod({ spec: { hostNetwork: true } })).map(
        line,
      ),
    ).toEqual(['changed containers[0] app · port 80/TCP by api-server']);
  });

  it('leaves out what kubectl keeps for itself', () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    expect(compare(plainPod({ metadata: { annotations } }))).toEqual([]);
  });

  it('follows the order of groups', () => {
    const groups = compare(sidecarPod()).map(({ group }) => group);
    expect([...new Set(groups)]).toEqual([
      'containers',
      'env',
      'ports',
      'volumes',
      'mounts',
      'labels',
      'annotations',
      'security',
    ]);
  });
});
