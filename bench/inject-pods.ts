import { dump } from 'js-yaml';

const PORTS = 8;
const CONTAINERS = 12;

/** A pod of a Deployment as the API server sends it: one container, one port. */
export const TYPICAL_POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    generateName: 'hello-7d4b9c6f5d-',
    labels: { app: 'hello', 'pod-template-hash': '7d4b9c6f5d', track: 'stable' },
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'hello-7d4b9c6f5d', uid: 'a1', controller: true },
    ],
  },
  spec: {
    containers: [
      {
        name: 'hello',
        image: 'registry.example/hello:1.0',
        ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }],
        resources: {},
        imagePullPolicy: 'IfNotPresent',
      },
    ],
    restartPolicy: 'Always',
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: 'default',
  },
};

const containerOf = (index: number) => ({
  name: `part-${index}`,
  image: `registry.example/part-${index}:2.${index}`,
  args: ['serve', `--shard=${index}`],
  ports: Array.from({ length: PORTS }, (_, port) => ({
    name: `p-${index}-${port}`,
    containerPort: 10_000 + index * PORTS + port,
    protocol: 'TCP',
  })),
  env: Array.from({ length: 20 }, (_, at) => ({ name: `SETTING_${at}`, value: `value-${index}-${at}` })),
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  livenessProbe: { httpGet: { path: '/live', port: `p-${index}-0`, scheme: 'HTTP' }, timeoutSeconds: 2 },
  readinessProbe: { grpc: { port: 10_001 + index * PORTS, service: 'ready' }, timeoutSeconds: 1 },
  startupProbe: { tcpSocket: { port: 10_002 + index * PORTS }, failureThreshold: 30 },
  lifecycle: { preStop: { httpGet: { path: '/stop', port: 10_000 + index * PORTS, scheme: 'HTTP' } } },
  volumeMounts: [{ name: `data-${index}`, mountPath: `/data/${index}` }],
});

/** A pod at the upper end of what people write: a dozen containers with every probe, ports, settings and volumes. */
export const LARGE_POD = {
  ...TYPICAL_POD,
  metadata: {
    ...TYPICAL_POD.metadata,
    annotations: {
      'proxy.istio.io/config':
        'concurrency: 2\nholdApplicationUntilProxyStarts: true\nproxyMetadata:\n  A: "1"\n  B: "2"',
      'traffic.sidecar.istio.io/excludeOutboundPorts': '5432,6379',
      'traffic.sidecar.istio.io/includeInboundPorts': '*',
      'sidecar.istio.io/proxyCPU': '250m',
      'prometheus.io/port': '9090',
    },
  },
  spec: {
    ...TYPICAL_POD.spec,
    containers: Array.from({ length: CONTAINERS }, (_, index) => containerOf(index)),
    volumes: Array.from({ length: CONTAINERS }, (_, index) => ({ name: `data-${index}`, emptyDir: {} })),
  },
};

/** A file that both command lines inject: as many Deployments as asked. */
export function manifestOf(count: number): string {
  const deployment = (name: string) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: TYPICAL_POD.spec },
    },
  });
  return Array.from({ length: count }, (_, at) => dump(deployment(`hello-${at}`))).join('---\n');
}
