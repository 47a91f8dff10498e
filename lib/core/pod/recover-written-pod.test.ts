import { describe, expect, it } from 'vitest';
import type { Pod, PodTemplate } from '@/lib/core/kube/pod-types';
import { application, injectedPod, proxy, setup, testPod } from './build-test-pod';
import { recoverWrittenPod } from './recover-written-pod';

const probers = (value: unknown) => proxy({ env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value: JSON.stringify(value) }] });
const rewritten = { httpGet: { path: '/app-health/app/readyz', port: 15020 }, periodSeconds: 3 };
const withProbe = (container: ReturnType<typeof proxy>) =>
  injectedPod({
    initContainers: [setup, container],
    containers: [application({ readinessProbe: rewritten as never })],
  });

describe('recoverWrittenPod', () => {
  it('takes the owner’s template as it is, without what controllers label', () => {
    const template: PodTemplate = {
      metadata: { labels: { app: 'web', 'pod-template-hash': 'abc' } },
      spec: { containers: [] },
    };
    expect(recoverWrittenPod(injectedPod(), { kind: 'ReplicaSet', name: 'web', template })).toEqual({
      source: 'owner-template',
      owner: { kind: 'ReplicaSet', name: 'web' },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } },
      uncertain: [],
    });
  });

  it('takes nothing off a pod that nobody injected but what the cluster adds', () => {
    const spec = {
      nodeName: 'node-1',
      volumes: [
        { name: 'kube-api-access-abcde', projected: {} },
        { name: 'data', emptyDir: {} },
      ],
    };
    const { source, template, uncertain } = recoverWrittenPod(testPod({ spec }));
    expect({ source, uncertain }).toEqual({ source: 'own', uncertain: [] });
    expect(template.spec).toEqual({ containers: [application()], volumes: [{ name: 'data', emptyDir: {} }] });
  });

  it('takes off what the status annotation names', () => {
    const { source, template } = recoverWrittenPod(injectedPod());
    expect(source).toBe('recovered');
    expect(template.spec).toEqual({ containers: [application()] });
    expect(template.metadata?.annotations).toBeUndefined();
  });

  it.each<[name: string, pod: Pod, probe: unknown, doubts: readonly string[]]>([
    [
      'an HTTP probe comes back with its timings',
      withProbe(probers({ '/app-health/app/readyz': { httpGet: { path: '/ready', port: 8080 } } })),
      { periodSeconds: 3, httpGet: { path: '/ready', port: 8080 } },
      [],
    ],
    [
      'a TCP probe',
      withProbe(probers({ '/app-health/app/readyz': { tcpSocket: { port: 8080 } } })),
      { periodSeconds: 3, tcpSocket: { port: 8080 } },
      [],
    ],
    [
      'a gRPC probe',
      withProbe(probers({ '/app-health/app/readyz': { grpc: { port: 9 } } })),
      { periodSeconds: 3, grpc: { port: 9 } },
      [],
    ],
    ['one that was not kept stays, and is said', withProbe(proxy()), rewritten, ['pod.uncertain.probe-lost']],
    [
      'an annotation that is no JSON restores nothing',
      withProbe(proxy({ env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value: '{' }] })),
      rewritten,
      ['pod.uncertain.probe-lost'],
    ],
  ])('probes: %s', (_name, pod, probe, doubts) => {
    const { template, uncertain } = recoverWrittenPod(pod);
    expect(template.spec?.containers?.[0]?.readinessProbe).toEqual(probe);
    expect(uncertain.map(({ code }) => code)).toEqual(doubts);
  });

  it('says that a port may have had a name', () => {
    const pod = injectedPod({
      initContainers: [probers({ '/app-health/app/readyz': { httpGet: { port: 80 } } })],
      containers: [application({ ports: [{ name: 'http', containerPort: 80 }], readinessProbe: rewritten as never })],
    });
    expect(recoverWrittenPod(pod).uncertain).toContainEqual({
      code: 'pod.uncertain.probe-port-name',
      values: { container: 'app', probe: 'readinessProbe', name: 'http' },
    });
  });

  it('puts the author’s own container back from the overrides, and says so', () => {
    const own = { name: 'istio-proxy', resources: { requests: { cpu: '1' } } };
    const pod = injectedPod({ annotations: { 'proxy.istio.io/overrides': JSON.stringify({ containers: [own] }) } });
    const { template, uncertain } = recoverWrittenPod(pod);
    expect(template.spec?.containers).toEqual([application(), { ...own, image: 'auto' }]);
    expect(uncertain.map(({ code }) => code)).toContain('pod.uncertain.override');
  });

  it('doubts a label that injection would have left alone, and a volume that the author mounts too', () => {
    const pod = injectedPod({
      labels: { 'service.istio.io/canonical-name': 'web' },
      containers: [application({ volumeMounts: [{ name: 'istio-envoy', mountPath: '/x' }] })],
    });
    expect(recoverWrittenPod(pod).uncertain.map(({ code }) => code)).toEqual([
      'pod.uncertain.label',
      'pod.uncertain.shared-volume',
    ]);
  });

  it('gives the author’s scrape annotations back', () => {
    const container = proxy({
      env: [{ name: 'ISTIO_PROMETHEUS_ANNOTATIONS', value: '{"scrape":"true","path":"","port":"9102"}' }],
    });
    const annotations = {
      'prometheus.io/path': '/stats/prometheus',
      'prometheus.io/port': '15020',
      'prometheus.io/scrape': 'true',
    };
    const { template } = recoverWrittenPod(injectedPod({ initContainers: [setup, container], annotations }));
    expect(template.metadata?.annotations).toEqual({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9102' });
  });
});
