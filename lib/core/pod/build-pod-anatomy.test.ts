import { describe, expect, it } from 'vitest';
import type { Container, Pod, PodSpec } from '@/lib/core/kube/pod-types';
import { comparePodWithOwner } from './compare-pod-with-owner';
import { appContainer, plainPod, sidecarPod } from './example-pods';
import type { InboundJudge } from './port-types';

const judge: InboundJudge = (port) =>
  port === 80 ? { kind: 'captured', toPort: 15006 } : { kind: 'skipped', toPort: port };
const ownerOf = (pod: Pod, kind = 'ReplicaSet') => ({ kind, name: 'shop', template: pod });
const anatomyOf = (pod: Pod, written = plainPod()) => comparePodWithOwner(pod, ownerOf(written), judge).anatomy;
const withSpec = (pod: Pod, spec: PodSpec): Pod => ({ ...pod, spec: { ...pod.spec, ...spec } });
/** The template has no init container for mode NONE. */
const withoutSetup = (pod: Pod) =>
  withSpec(pod, { initContainers: (pod.spec?.initContainers ?? []).filter(({ name }) => name === 'istio-proxy') });
const gateway = (over: Partial<Container>): Pod =>
  plainPod({
    metadata: { annotations: { 'sidecar.istio.io/status': '{"containers":["istio-proxy"]}' } },
    spec: { containers: [{ name: 'istio-proxy', ports: [{ containerPort: 8443 }], ...over }] },
  });

describe('buildPodAnatomy', () => {
  it('draws an injected pod: two steps, the application before the proxy, four doors', () => {
    const { asRuns, counts } = anatomyOf(sidecarPod());
    expect(asRuns.init.map(({ name, role, mark, isNative }) => [name, role, mark, isNative])).toEqual([
      ['istio-init', 'setup', 'added', false],
      ['istio-proxy', 'proxy', 'added', true],
    ]);
    expect(asRuns.running.map(({ name, mark }) => [name, mark])).toEqual([
      ['app', 'same'],
      ['istio-proxy', 'added'],
    ]);
    expect(asRuns.plugs.map(({ port, mark, viaPort }) => [port, mark, viaPort])).toEqual([
      [80, 'same', 15006],
      [15020, 'added', undefined],
      [15021, 'added', undefined],
      [15090, 'added', undefined],
    ]);
    expect(asRuns.gate).toEqual({
      mark: 'added',
      mode: 'REDIRECT',
      writtenBy: 'istio-init',
      inboundPort: 15006,
      outboundPort: 15001,
    });
    expect(counts).toEqual({ containers: [1, 3], ports: [1, 7] });
  });

  it('draws the pod as written without gate and marks', () => {
    const { asWritten } = anatomyOf(sidecarPod());
    expect(asWritten.gate).toBeUndefined();
    expect([...asWritten.running, ...asWritten.plugs].map(({ mark }) => mark)).toEqual(['same', 'same']);
  });

  it('puts an ordinary proxy last, wherever the pod lists it', () => {
    const pod = sidecarPod({ isClassic: true });
    const turned = withSpec(pod, { containers: [...(pod.spec?.containers ?? [])].reverse() });
    expect(anatomyOf(turned).asRuns.running.map(({ name }) => name)).toEqual(['app', 'istio-proxy']);
  });

  it.each<[name: string, pod: Pod, want: string | undefined]>([
    ['the init container wrote', sidecarPod(), 'istio-init'],
    ['the CNI plug-in wrote', sidecarPod({ hasCni: true }), 'istio-validation'],
    ['nobody writes in mode NONE', withoutSetup(sidecarPod({ mode: 'NONE' })), undefined],
    ['a gateway does not have', gateway({ image: 'proxyv2:1.31.0', args: ['proxy', 'router'] }), undefined],
  ])('has the gate whose rules %s', (_name, pod, want) => {
    expect(anatomyOf(pod).asRuns.gate?.writtenBy).toBe(want);
  });

  it('fills in the placeholder of a gateway, which listened on nothing but what it declared', () => {
    const runs = gateway({ image: 'proxyv2:1.31.0', args: ['proxy', 'router'] });
    const { asWritten, asRuns, counts } = anatomyOf(runs, gateway({ image: 'auto' }));
    expect(asWritten.plugs.map(({ port }) => port)).toEqual([8443]);
    expect(asRuns.plugs.map(({ port, mark }) => [port, mark])).toEqual([
      [8443, 'same'],
      [15020, 'added'],
      [15021, 'added'],
      [15090, 'added'],
    ]);
    expect(counts.containers).toEqual([1, 1]);
  });

  it('opens what changed in a container, but not for the token that every pod gets', () => {
    const token = { name: 'kube-api-access-abcde', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' };
    const mounted = sidecarPod({ app: { volumeMounts: [token] } });
    expect(anatomyOf(mounted).asRuns.running[0]?.mark).toBe('same');
    const probed = sidecarPod({ app: { livenessProbe: { httpGet: { path: '/app-health/app/livez', port: 15020 } } } });
    expect(anatomyOf(probed).asRuns.running[0]).toMatchObject({
      mark: 'changed',
      changes: ['probes/app/livenessProbe'],
    });
  });

  it('connects drawers to who mounts them, and tells those of the cluster apart', () => {
    const volumes = [
      { name: 'istio-envoy', emptyDir: {} },
      { name: 'kube-api-access-abcde', projected: {} },
    ];
    expect(anatomyOf(withSpec(sidecarPod(), { volumes })).asRuns.volumes).toMatchObject([
      {
        name: 'istio-envoy',
        source: 'emptyDir',
        mark: 'added',
        isFromApiServer: false,
        mountedBy: [{ container: 'istio-proxy', path: '/etc/istio/proxy' }],
      },
      { name: 'kube-api-access-abcde', isFromApiServer: true, mountedBy: [] },
    ]);
  });

  it('marks in the pod as written what the running pod lacks', () => {
    const old = appContainer({ name: 'old', ports: [{ containerPort: 81 }] });
    const written = plainPod({
      spec: { containers: [appContainer(), old], volumes: [{ name: 'data', emptyDir: {} }] },
    });
    const { asWritten } = anatomyOf(sidecarPod(), written);
    expect(asWritten.running.map(({ name, mark }) => [name, mark])).toEqual([
      ['app', 'same'],
      ['old', 'removed'],
    ]);
    expect(asWritten.plugs.map(({ port, mark }) => [port, mark])).toEqual([
      [80, 'same'],
      [81, 'removed'],
    ]);
    expect(asWritten.volumes).toMatchObject([{ name: 'data', mark: 'removed' }]);
  });

  it('says at the door that a port is taken', () => {
    const { plugs } = anatomyOf(sidecarPod({ app: { ports: [{ containerPort: 15090 }] } })).asRuns;
    const clashing = plugs.filter(({ clashes }) => clashes.length > 0);
    expect(clashing.map(({ port, container }) => [port, container])).toEqual([[15090, 'app']]);
  });
});

describe('comparePodWithOwner', () => {
  it('finds nothing where nothing was added', () => {
    const found = comparePodWithOwner(plainPod(), ownerOf(plainPod()));
    const verdict = { code: 'pod.process.verdict.none' };
    expect(found).toMatchObject({ isInjected: false, changes: [], parts: [], ownerDifferences: [], verdict });
    expect(found.yaml.asWritten).toBe(found.yaml.asRuns);
  });

  it.each([
    ['DaemonSet', 'uninject.edited-since'],
    ['ReplicaSet', 'uninject.no-maker'],
  ])('says who may have changed what the template of a %s does not explain: %s', (kind, code) => {
    const pod = plainPod({ spec: { containers: [appContainer({ image: 'shop:0' })] } });
    const { ownerDifferences } = comparePodWithOwner(pod, ownerOf(plainPod(), kind));
    expect(ownerDifferences).toMatchObject([
      { path: 'spec.containers[app].image', ofOwner: 'shop:1', ofPod: 'shop:0', because: { code } },
    ]);
  });

  it('counts what the cluster did, and what nobody explains, apart from injection', () => {
    const pod = withSpec(sidecarPod({ labels: { mine: 'x' } }), { nodeName: 'node-1' });
    const { summary } = comparePodWithOwner(pod, ownerOf(plainPod()));
    expect(summary).toMatchObject({ containers: 2, listeningPorts: 6, byOthers: 1, unknown: 1 });
  });

  it('keeps blocks of YAML out of sentences', () => {
    const { changes } = comparePodWithOwner(sidecarPod({ app: { readinessProbe: { httpGet: { port: 80 } } } }));
    expect(changes.some(({ because }) => String(because.values?.value).includes('\n'))).toBe(false);
  });
});
