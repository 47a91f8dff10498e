import { describe, expect, it } from 'vitest';
import { listUnknowns } from '@/lib/core/injection/uninject/uninjected-pod';
import { appContainer, plainPod, sidecarPod } from './example-pods';
import { recoverWrittenPod } from './recover-written-pod';

const codes = (pod: Parameters<typeof recoverWrittenPod>[0]) =>
  listUnknowns(recoverWrittenPod(pod).parts).map(({ because }) => because.code);
const recovered = (pod: Parameters<typeof recoverWrittenPod>[0]) => recoverWrittenPod(pod).template;

describe('recoverWrittenPod', () => {
  it('takes the template of the owner, less what controllers put in it', () => {
    const template = {
      metadata: { labels: { app: 'shop', 'pod-template-hash': '5d9' } },
      spec: { containers: [appContainer()] },
    };
    expect(recoverWrittenPod(sidecarPod(), { kind: 'ReplicaSet', name: 'shop-5d9', template })).toMatchObject({
      source: 'owner-template',
      owner: { kind: 'ReplicaSet', name: 'shop-5d9' },
      template: { metadata: { labels: { app: 'shop' } }, spec: { containers: [appContainer()] } },
      ownerDifferences: [],
    });
  });

  it.each([
    ['native', false],
    ['regular', true],
  ])('takes a %s sidecar off', (_name, isClassic) => {
    expect(recovered(sidecarPod({ isClassic }))).toEqual({
      metadata: { name: 'shop-1', namespace: 'shop', labels: { app: 'shop' } },
      spec: { containers: [appContainer()] },
    });
  });

  it('calls a pod without a status annotation its own', () => {
    expect(recoverWrittenPod(plainPod())).toMatchObject({ source: 'own', parts: [] });
  });

  it('reads a status that is no JSON as none', () => {
    const pod = sidecarPod({ annotations: { 'sidecar.istio.io/status': 'yes' } });
    expect(recoverWrittenPod(pod).source).toBe('own');
  });

  it('takes off what the API server and the scheduler added', () => {
    const token = {
      name: 'kube-api-access-x2x4z',
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      readOnly: true,
    };
    const toleration = {
      key: 'node.kubernetes.io/not-ready',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    };
    const own = { key: 'gpu', operator: 'Exists', effect: 'NoSchedule' };
    const spec = {
      containers: [appContainer({ volumeMounts: [token, { name: 'data', mountPath: '/data' }] })],
      volumes: [
        { name: 'data', emptyDir: {} },
        { name: 'kube-api-access-x2x4z', projected: {} },
      ],
      nodeName: 'node-1',
    };
    const pod = plainPod({
      metadata: { labels: { app: 'shop', 'topology.kubernetes.io/zone': 'a' } },
      spec: Object.assign({ tolerations: [toleration, own] }, spec),
    });
    expect(recovered(pod)).toEqual({
      metadata: { name: 'shop-1', namespace: 'shop', labels: { app: 'shop' } },
      spec: {
        containers: [appContainer({ volumeMounts: [{ name: 'data', mountPath: '/data' }] })],
        volumes: [{ name: 'data', emptyDir: {} }],
        tolerations: [own],
      },
    });
  });

  it('takes off what a LimitRange filled in, and only that', () => {
    const resources = { requests: { cpu: '30m', memory: '20Mi' }, limits: { cpu: '300m' } };
    const annotations = {
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu request for container app; cpu limit for container app',
    };
    const pod = plainPod({ metadata: { annotations }, spec: { containers: [appContainer({ resources })] } });
    expect(recovered(pod).spec?.containers?.[0]?.resources).toEqual({ requests: { memory: '20Mi' } });
  });

  it('restores probes and hooks with their timings', () => {
    const probers = {
      '/app-health/app/livez': { tcpSocket: { port: 9000 }, timeoutSeconds: 1 },
      '/app-health/app/readyz': { grpc: { port: 9001, service: 'ready' } },
      '/app-lifecycle/app/prestopz': { httpGet: { path: '/bye', port: 80 } },
    };
    const at = (path: string, rest: object = {}) => ({ httpGet: { path, port: 15020 }, ...rest });
    const pod = sidecarPod({
      app: {
        livenessProbe: at('/app-health/app/livez', { periodSeconds: 7 }),
        readinessProbe: at('/app-health/app/readyz'),
        lifecycle: { preStop: at('/app-lifecycle/app/prestopz'), postStart: { exec: { command: ['warm'] } } },
      },
      env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value: JSON.stringify(probers) }],
    });
    expect(recovered(pod).spec?.containers?.[0]).toEqual(
      appContainer({
        livenessProbe: Object.assign({ tcpSocket: { port: 9000 } }, { periodSeconds: 7 }),
        readinessProbe: { grpc: { port: 9001, service: 'ready' } },
        lifecycle: { preStop: { httpGet: { path: '/bye', port: 80 } }, postStart: { exec: { command: ['warm'] } } },
      }),
    );
  });

  it('keeps and announces a rewritten probe whose original is lost', () => {
    const livenessProbe = { httpGet: { path: '/app-health/app/livez', port: 15020 } };
    const pod = sidecarPod({ app: { livenessProbe } });
    expect(recovered(pod).spec?.containers?.[0]?.livenessProbe).toEqual(livenessProbe);
    expect(codes(pod)).toContain('uninject.probe-lost');
  });

  it('announces that a probe may have named its port', () => {
    const value = JSON.stringify({ '/app-health/app/livez': { httpGet: { path: '/', port: 80 } } });
    const app = {
      ports: [{ name: 'web', containerPort: 80 }],
      livenessProbe: { httpGet: { path: '/app-health/app/livez', port: 15020 } },
    };
    expect(codes(sidecarPod({ app, env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value }] }))).toContain(
      'uninject.probe-port-name',
    );
  });

  it('puts scrape annotations back', () => {
    const merged = {
      'prometheus.io/path': '/stats/prometheus',
      'prometheus.io/port': '15020',
      'prometheus.io/scrape': 'true',
    };
    const value = JSON.stringify({ scrape: 'true', path: '/m', port: '9090' });
    const pod = sidecarPod({ annotations: merged, env: [{ name: 'ISTIO_PROMETHEUS_ANNOTATIONS', value }] });
    expect(recovered(pod).metadata?.annotations).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/path': '/m',
      'prometheus.io/port': '9090',
    });
    expect(recovered(sidecarPod({ annotations: merged })).metadata?.annotations).toBeUndefined();
  });

  it('leaves scrape annotations alone that were not merged', () => {
    const annotations = { 'prometheus.io/scrape': 'false', 'prometheus.io/port': '9090' };
    expect(recovered(sidecarPod({ annotations })).metadata?.annotations).toEqual(annotations);
  });

  it('puts the author’s own proxy settings back where they were written', () => {
    const own = { name: 'istio-proxy', resources: { requests: { cpu: '11m' } } };
    const moved = sidecarPod({
      annotations: { 'proxy.istio.io/overrides': JSON.stringify({ initContainers: [own] }) },
    });
    expect(recovered(moved).spec?.containers).toEqual([appContainer(), { ...own, image: 'auto' }]);
    const native = { ...own, restartPolicy: 'Always', image: 'my/proxy:1' };
    const stays = sidecarPod({
      annotations: { 'proxy.istio.io/overrides': JSON.stringify({ initContainers: [native] }) },
    });
    expect(recovered(stays).spec?.initContainers).toEqual([native]);
    expect(recoverWrittenPod(stays).parts).toContainEqual(
      expect.objectContaining({ path: 'spec.initContainers[istio-proxy]', fate: 'restored', certainty: 'recorded' }),
    );
  });

  it('takes off the security context of the gateway template', () => {
    const pod = sidecarPod({ annotations: { 'inject.istio.io/templates': 'gateway' } });
    const securityContext = { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] };
    const gateway = { ...pod, spec: { ...pod.spec, securityContext } };
    expect(recovered(gateway).spec?.securityContext).toBeUndefined();
    expect(codes(gateway)).toContain('uninject.gateway-security');
    expect(
      recovered({ ...gateway, spec: { ...gateway.spec, securityContext: { runAsUser: 5 } } }).spec?.securityContext,
    ).toEqual({ runAsUser: 5 });
  });

  it('announces a volume that the author mounts under the template’s name', () => {
    expect(codes(sidecarPod({ app: { volumeMounts: [{ name: 'istio-envoy', mountPath: '/x' }] } }))).toContain(
      'uninject.shared-volume',
    );
  });

  it('changes nothing of its input', () => {
    const pod = sidecarPod({ app: { livenessProbe: { httpGet: { path: '/app-health/app/livez', port: 15020 } } } });
    const copy = structuredClone(pod);
    recoverWrittenPod(pod);
    expect(pod).toEqual(copy);
  });
});
