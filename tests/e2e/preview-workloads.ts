import { container, daemonSet, deployment, namespace, statefulSet } from '@/demo/scenarios/build-objects';
import type { NewObject } from '@/demo/server/object-types';
import type { Dashboard } from './dashboard';

async function create({ cluster }: Dashboard, resource: string, object: NewObject): Promise<void> {
  await cluster.apiServer.admission.createWithAdmission(resource, object, { manager: 'kubectl' });
}

const probe = (path: string) => ({ httpGet: { path, port: 8080 }, periodSeconds: 5 });

/** Pods that touch much of what injection reads and writes; one that stays without, one that is refused. */
export async function seedVariety(dashboard: Dashboard, name: string): Promise<void> {
  await create(dashboard, 'namespaces', namespace(name));
  const app = container({
    name: 'app',
    image: 'registry.example/app:1.4',
    ports: [8080, { name: 'admin', containerPort: 9000 }],
    more: {
      livenessProbe: probe('/live'),
      readinessProbe: probe('/ready'),
      startupProbe: { tcpSocket: { port: 8080 } },
      lifecycle: { preStop: { httpGet: { path: '/drain', port: 8080 } } },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
      env: [{ name: 'REGION', value: 'eu' }],
      volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
    },
  });
  const wait = container({ name: 'wait', image: 'registry.example/wait', more: { command: ['sh', '-c', 'sleep 1'] } });
  const rich = {
    namespace: name,
    containers: [app],
    pod: { initContainers: [wait], volumes: [{ name: 'scratch', emptyDir: {} }], terminationGracePeriodSeconds: 45 },
  };
  await create(
    dashboard,
    'deployments.apps',
    deployment({
      ...rich,
      name: 'checkout',
      replicas: 2,
      podLabels: { app: 'checkout', version: 'v2' },
      podAnnotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '9000',
        'proxy.istio.io/config': 'concurrency: 2\n',
        'sidecar.istio.io/proxyCPU': '250m',
        'traffic.sidecar.istio.io/excludeOutboundPorts': '3306',
      },
    }),
  );
  await create(dashboard, 'statefulsets.apps', statefulSet({ ...rich, name: 'ledger', replicas: 2 }));
  await create(
    dashboard,
    'daemonsets.apps',
    daemonSet({ namespace: name, name: 'agent', containers: [app], pod: rich.pod }),
  );
  await create(
    dashboard,
    'deployments.apps',
    deployment({
      namespace: name,
      name: 'legacy',
      containers: [container({ name: 'legacy', image: 'legacy:1' })],
      podLabels: { app: 'legacy', 'sidecar.istio.io/inject': 'false' },
    }),
  );
  await create(
    dashboard,
    'deployments.apps',
    deployment({
      namespace: name,
      name: 'mistyped',
      containers: [container({ name: 'mistyped', image: 'mistyped:1' })],
      podAnnotations: { 'inject.istio.io/templates': 'sidecarr' },
    }),
  );
}

/** A namespace with many workloads that make no pods, for what only their number shows. */
export async function seedMany(dashboard: Dashboard, name: string, count: number): Promise<void> {
  await create(dashboard, 'namespaces', namespace(name));
  const app = container({ name: 'app', image: 'registry.example/app:1.4', ports: [8080] });
  for (let index = 0; index < count; index += 1) {
    const workload = {
      namespace: name,
      name: `service-${String(index).padStart(3, '0')}`,
      replicas: 0,
      containers: [app],
    };
    await create(dashboard, 'deployments.apps', deployment(workload));
  }
}
