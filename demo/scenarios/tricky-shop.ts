import type { NewObject } from '@/demo/server/object-types';
import {
  container,
  cronJob,
  custom,
  deployment,
  namespace,
  service,
  serviceAccount,
  statefulSet,
} from './build-objects';
import type { Seeder } from './seeder';

const NS = 'shop';
const NETWORKING = 'networking.istio.io/v1';
const REGISTRY = 'ghcr.io/example';

function app(name: string, version: string, port: number, replicas: number): NewObject[] {
  const probe = { httpGet: { path: '/healthz', port }, periodSeconds: 10 };
  return [
    service({ name, namespace: NS, ports: [{ name: 'http', port, targetPort: port }] }),
    serviceAccount(name, NS),
    deployment({
      name,
      namespace: NS,
      replicas,
      podLabels: { app: name, 'app.kubernetes.io/part-of': 'shop' },
      serviceAccountName: name,
      containers: [
        container({
          name,
          image: `${REGISTRY}/${name}:${version}`,
          ports: [port],
          more: {
            readinessProbe: probe,
            livenessProbe: probe,
            resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
          },
        }),
      ],
    }),
  ];
}

/** A web shop in the mesh: mostly injected, with one part that is older than the label. */
export async function seedShop(seeder: Seeder): Promise<void> {
  seeder.at('76d');
  await seeder.create(namespace(NS, { team: 'shop' }));
  await seeder.pass(60_000);
  for (const object of app('catalog', '1.9.3', 8080, 2)) await seeder.run(object);
  seeder.at('31d');
  await seeder.label('namespaces', { name: NS }, { 'istio-injection': 'enabled' });
  seeder.at('16d');
  for (const object of [
    ...app('storefront', '2.14.0', 8080, 2),
    ...app('cart', '1.22.1', 7070, 2),
    ...app('checkout', '3.5.0', 5050, 2),
  ]) {
    await seeder.run(object);
  }
  for (const object of dataStores()) await seeder.run(object);
  await seeder.run(report());
  for (const hours of ['3h', '2h', '1h']) {
    seeder.at(hours);
    await seeder.tick({ name: 'nightly-report', namespace: NS });
  }
  seeder.at('15d');
  for (const object of policies()) await seeder.create(object);
}

function dataStores(): NewObject[] {
  const redis = container({
    name: 'redis',
    image: 'redis:7.4-alpine',
    ports: [{ name: 'tcp-redis', containerPort: 6379 }],
  });
  return [
    service({
      name: 'cart-cache',
      namespace: NS,
      ports: [{ name: 'tcp-redis', port: 6379, targetPort: 6379 }],
      spec: { clusterIP: 'None' },
    }),
    statefulSet({ name: 'cart-cache', namespace: NS, replicas: 2, containers: [redis] }),
  ];
}

function report(): NewObject {
  const containers = [
    container({
      name: 'report',
      image: `${REGISTRY}/report:0.8.1`,
      more: { args: ['--orders', 'http://checkout:5050/orders'] },
    }),
  ];
  return cronJob({
    name: 'nightly-report',
    namespace: NS,
    schedule: '*/15 * * * *',
    podLabels: { app: 'nightly-report' },
    containers,
  });
}

function policies(): NewObject[] {
  return [
    custom('security.istio.io/v1', 'PeerAuthentication', 'default', NS, { mtls: { mode: 'STRICT' } }),
    custom('security.istio.io/v1', 'AuthorizationPolicy', 'checkout', NS, {
      selector: { matchLabels: { app: 'checkout' } },
      action: 'ALLOW',
      rules: [{ from: [{ source: { principals: ['cluster.local/ns/shop/sa/storefront'] } }] }],
    }),
    custom(NETWORKING, 'Gateway', 'shop', NS, {
      selector: { istio: 'ingress' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['shop.example.com'] }],
    }),
    custom(NETWORKING, 'VirtualService', 'storefront', NS, {
      hosts: ['shop.example.com'],
      gateways: ['shop'],
      http: [
        { match: [{ uri: { prefix: '/cart' } }], route: [{ destination: { host: 'cart', port: { number: 7070 } } }] },
        { route: [{ destination: { host: 'storefront', port: { number: 8080 } } }] },
      ],
    }),
    custom(NETWORKING, 'DestinationRule', 'cart', NS, {
      host: 'cart',
      trafficPolicy: { connectionPool: { tcp: { maxConnections: 100 } } },
    }),
    custom(NETWORKING, 'ServiceEntry', 'payment-provider', NS, {
      hosts: ['api.payments.example.com'],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
    }),
    custom(NETWORKING, 'Sidecar', 'default', NS, { egress: [{ hosts: ['./*', 'istio-system/*'] }] }),
  ];
}
