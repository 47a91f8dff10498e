import type { NewObject } from '@/demo/server/object-types';
import { configMap, container, deployment, namespace, service, serviceAccount } from './build-objects';
import { MISSION_PLANE, revisionOf } from './control-plane';
import { gatewayObjects } from './gateway-objects';
import type { Seeder } from './seeder';

const NOT_INJECTED = { 'sidecar.istio.io/inject': 'false' };

/** A team that has a mesh of revision 1-10-2 and an nginx that is not in it yet. */
export async function seedMission(seeder: Seeder): Promise<void> {
  seeder.at('96d');
  await seeder.installPlane(MISSION_PLANE);
  seeder.at('95d');
  const revision = revisionOf(MISSION_PLANE);
  const gateway = { namespace: 'istio-system', replicas: 2, revision };
  const gateways = [
    ...gatewayObjects({ ...gateway, name: 'istio-ingressgateway', istio: 'ingressgateway' }),
    ...gatewayObjects({
      ...gateway,
      name: 'istio-internal-ingressgateway',
      istio: 'internal-ingressgateway',
      type: 'ClusterIP',
    }),
  ];
  for (const object of gateways) await seeder.run(object, 'helm');
  seeder.at('88d');
  for (const object of addons()) await seeder.run(object, 'helm');
  seeder.at('12d');
  await seeder.create(namespace('mission'));
  await seeder.pass(3_000);
  for (const object of nginx()) await seeder.run(object);
}

function nginx(): NewObject[] {
  return [
    service({
      name: 'nginx-service',
      namespace: 'mission',
      selector: { app: 'nginx' },
      ports: [{ name: 'http', port: 80, targetPort: 80 }],
    }),
    deployment({
      name: 'nginx-deployment',
      namespace: 'mission',
      replicas: 3,
      podLabels: { app: 'nginx' },
      containers: [container({ name: 'nginx', image: 'nginx:1.18.0', ports: [80] })],
    }),
  ];
}

function addons(): NewObject[] {
  const ns = 'istio-system';
  const http = (port: number) => [{ name: 'http', port, targetPort: port }];
  const probe = (path: string, port: number) => ({ readinessProbe: { httpGet: { path, port } } });
  return [
    serviceAccount('kiali', ns, { app: 'kiali' }),
    configMap('kiali', ns, {
      'config.yaml':
        'auth:\n  strategy: anonymous\nexternal_services:\n  prometheus:\n    url: http://prometheus:9090\n',
    }),
    service({ name: 'kiali', namespace: ns, ports: http(20_001) }),
    deployment({
      name: 'kiali',
      namespace: ns,
      serviceAccountName: 'kiali',
      podLabels: { app: 'kiali', version: 'v1.38.0', ...NOT_INJECTED },
      containers: [
        container({
          name: 'kiali',
          image: 'quay.io/kiali/kiali:v1.38',
          ports: [
            { name: 'api-port', containerPort: 20_001 },
            { name: 'http-metrics', containerPort: 9090 },
          ],
          more: {
            ...probe('/kiali/healthz', 20_001),
            resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '1Gi' } },
          },
        }),
      ],
    }),
    serviceAccount('prometheus', ns, { app: 'prometheus' }),
    configMap('prometheus', ns, {
      'prometheus.yml':
        'global:\n  scrape_interval: 15s\nscrape_configs:\n- job_name: kubernetes-pods\n  kubernetes_sd_configs:\n  - role: pod\n',
    }),
    service({ name: 'prometheus', namespace: ns, ports: http(9090) }),
    deployment({
      name: 'prometheus',
      namespace: ns,
      serviceAccountName: 'prometheus',
      podLabels: { app: 'prometheus', ...NOT_INJECTED },
      containers: [
        container({
          name: 'prometheus-server',
          image: 'prom/prometheus:v2.26.0',
          ports: [9090],
          more: {
            args: ['--config.file=/etc/config/prometheus.yml', '--storage.tsdb.retention.time=15d'],
            ...probe('/-/ready', 9090),
          },
        }),
        container({
          name: 'prometheus-server-configmap-reload',
          image: 'jimmidyson/configmap-reload:v0.5.0',
          more: { args: ['--volume-dir=/etc/config', '--webhook-url=http://127.0.0.1:9090/-/reload'] },
        }),
      ],
    }),
    service({
      name: 'ratelimit',
      namespace: ns,
      ports: [
        { name: 'grpc', port: 8081, targetPort: 8081 },
        { name: 'http', port: 8080, targetPort: 8080 },
      ],
    }),
    configMap('ratelimit-config', ns, {
      'config.yaml':
        'domain: ingress\ndescriptors:\n- key: PATH\n  rate_limit:\n    unit: minute\n    requests_per_unit: 100\n',
    }),
    service({ name: 'ratelimit-redis', namespace: ns, ports: [{ name: 'tcp-redis', port: 6379, targetPort: 6379 }] }),
    deployment({
      name: 'ratelimit-redis',
      namespace: ns,
      podLabels: { app: 'ratelimit-redis', ...NOT_INJECTED },
      containers: [container({ name: 'redis', image: 'redis:6.2-alpine', ports: [6379] })],
    }),
    deployment({
      name: 'ratelimit',
      namespace: ns,
      podLabels: { app: 'ratelimit', ...NOT_INJECTED },
      containers: [
        container({
          name: 'ratelimit',
          image: 'envoyproxy/ratelimit:6f5de117',
          ports: [8080, 8081, 6070],
          more: {
            command: ['/bin/ratelimit'],
            env: [
              { name: 'LOG_LEVEL', value: 'debug' },
              { name: 'REDIS_SOCKET_TYPE', value: 'tcp' },
              { name: 'REDIS_URL', value: 'ratelimit-redis:6379' },
              { name: 'RUNTIME_ROOT', value: '/data' },
              { name: 'RUNTIME_SUBDIRECTORY', value: 'ratelimit' },
            ],
          },
        }),
      ],
    }),
  ];
}
