import type { JsonObject } from '@/demo/server/object-types';
import { ANNOTATIONS } from './annotation-names';
import { container, deployment, service, type TextMap } from './build-objects';
import { type NamespacePlan, seedNamespaces } from './seed-namespace';
import type { Seeder } from './seeder';

const LAB = 'network-lab';
const PROBES = 'health-checks';
const ENABLED = { 'istio-injection': 'enabled' };

function tuned(name: string, podAnnotations: TextMap, ports: readonly (number | JsonObject)[] = [8080]) {
  const main = container({ name: 'app', image: `ghcr.io/example/${name}:1.0.0`, ports });
  return deployment({ name, namespace: LAB, podAnnotations, containers: [main] });
}

/** Pods that tune capture, resources and form of their sidecar, or that clash with its ports; and one of every kind of probe. */
export function seedNetworkLab(seeder: Seeder): Promise<void> {
  return seedNamespaces(seeder, [networkLab(), probes()]);
}

function networkLab(): NamespacePlan {
  const wait = container({
    name: 'wait-for-db',
    image: 'busybox:1.37',
    more: { command: ['sh', '-c', 'until nc -z db 5432; do sleep 1; done'] },
  });
  const clash = container({
    name: 'app',
    image: 'ghcr.io/example/metrics-relay:1.0.0',
    ports: [
      { name: 'metrics', containerPort: 15_090 },
      { name: 'status', containerPort: 15_020 },
    ],
  });
  const sftp = container({
    name: 'sftp',
    image: 'atmoz/sftp:alpine',
    ports: [
      { name: 'tcp-sftp', containerPort: 22 },
      { name: 'http-admin', containerPort: 8080 },
    ],
  });
  const metricsApp = container({ name: 'app', image: 'ghcr.io/example/scraped:1.2.0', ports: [8080, 9102] });
  return {
    name: LAB,
    age: '7d',
    labels: ENABLED,
    objects: [
      tuned('client-ip-keeper', { [ANNOTATIONS.interceptionMode]: 'TPROXY' }),
      tuned('no-capture', { [ANNOTATIONS.interceptionMode]: 'NONE' }),
      tuned('database-client', {
        [ANNOTATIONS.excludeOutboundPorts]: '5432,6379',
        [ANNOTATIONS.excludeOutboundIPRanges]: '10.20.0.0/16',
      }),
      deployment({
        name: 'sftp-server',
        namespace: LAB,
        podAnnotations: { [ANNOTATIONS.excludeInboundPorts]: '22' },
        containers: [sftp],
      }),
      tuned('inbound-only-8080', { [ANNOTATIONS.includeInboundPorts]: '8080' }, [8080, 9000]),
      tuned('cluster-egress-only', { [ANNOTATIONS.includeOutboundIPRanges]: '10.96.0.0/12' }),
      tuned('small-proxy', {
        [ANNOTATIONS.proxyCPU]: '20m',
        [ANNOTATIONS.proxyMemory]: '48Mi',
        [ANNOTATIONS.proxyCPULimit]: '200m',
        [ANNOTATIONS.proxyMemoryLimit]: '128Mi',
      }),
      tuned('ordinary-container', { [ANNOTATIONS.nativeSidecar]: 'false' }),
      deployment({ name: 'metrics-relay', namespace: LAB, containers: [clash] }),
      deployment({
        name: 'waits-for-db',
        namespace: LAB,
        containers: [container({ name: 'app', image: 'ghcr.io/example/ledger:4.4.0', ports: [8080] })],
        pod: { initContainers: [wait] },
      }),
      deployment({
        name: 'scraped',
        namespace: LAB,
        podAnnotations: {
          'prometheus.io/scrape': 'true',
          'prometheus.io/port': '9102',
          'prometheus.io/path': '/internal/metrics',
        },
        containers: [metricsApp],
      }),
      service({ name: 'sftp-server', namespace: LAB, ports: [{ name: 'tcp-sftp', port: 22, targetPort: 22 }] }),
    ],
  };
}

function probes(): NamespacePlan {
  const probed = (name: string, more: JsonObject) => {
    const ports = [
      { name: 'web', containerPort: 8080 },
      { name: 'grpc', containerPort: 50_051 },
    ];
    const main = container({ name: 'app', image: `ghcr.io/example/${name}:1.0.0`, ports, more });
    return deployment({ name, namespace: PROBES, containers: [main] });
  };
  const http = (path: string, port: number | string, more: JsonObject = {}) => ({ httpGet: { path, port, ...more } });
  return {
    name: PROBES,
    age: '7d',
    labels: ENABLED,
    objects: [
      probed('http-probes', {
        readinessProbe: http('/ready', 'web'),
        livenessProbe: { ...http('/live', 8080), timeoutSeconds: 4 },
        startupProbe: http('/started', 8080),
      }),
      probed('https-probe', { livenessProbe: http('/live', 8080, { scheme: 'HTTPS' }) }),
      probed('tcp-probe', { readinessProbe: { tcpSocket: { port: 'web' } } }),
      probed('grpc-probe', {
        readinessProbe: { grpc: { port: 50_051 } },
        livenessProbe: { grpc: { port: 50_051, service: 'live' } },
      }),
      probed('exec-probe', { livenessProbe: { exec: { command: ['cat', '/tmp/healthy'] } } }),
      probed('hooks', {
        lifecycle: { preStop: http('/drain', 8080), postStart: { exec: { command: ['/bin/warm-up'] } } },
      }),
    ],
  };
}
