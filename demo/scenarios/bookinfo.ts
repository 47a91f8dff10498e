import type { NewObject } from '@/demo/server/object-types';
import { seedBookinfoGatewayApi } from './bookinfo-gateway-api';
import { container, custom, deployment, namespace, service, serviceAccount } from './build-objects';
import { gatewayObjects } from './gateway-objects';
import { ensureDefaultPlane } from './seed-default-plane';
import type { Seeder } from './seeder';

interface App {
  readonly name: string;
  readonly versions: readonly string[];
}

const BOOKINFO_APPS: readonly App[] = [
  { name: 'details', versions: ['v1'] },
  { name: 'ratings', versions: ['v1'] },
  { name: 'reviews', versions: ['v1', 'v2', 'v3'] },
  { name: 'productpage', versions: ['v1'] },
];
const PORT = 9080;

/** The Services, accounts and Deployments of the sample application, in one namespace. */
export function bookinfoObjects(ns: string, apps: readonly App[] = BOOKINFO_APPS): NewObject[] {
  return apps.flatMap(({ name, versions }) => [
    service({ name, namespace: ns, selector: { app: name }, labels: { app: name, service: name }, ports: [PORT] }),
    serviceAccount(`bookinfo-${name}`, ns, { account: name }),
    ...versions.map((version) => appDeployment(ns, name, version)),
  ]);
}

function appDeployment(ns: string, app: string, version: string): NewObject {
  const isPage = app === 'productpage';
  const metrics = {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': String(PORT),
    'prometheus.io/path': '/metrics',
  };
  const mounts = [{ name: 'tmp', mountPath: '/tmp' }];
  return deployment({
    name: `${app}-${version}`,
    namespace: ns,
    podLabels: { app, version },
    ...(isPage ? { podAnnotations: metrics } : {}),
    serviceAccountName: `bookinfo-${app}`,
    containers: [
      container({
        name: app,
        image: `docker.io/istio/examples-bookinfo-${app}-${version}:1.20.3`,
        ports: [PORT],
        more: isPage || app === 'reviews' ? { volumeMounts: mounts } : {},
      }),
    ],
    ...(isPage || app === 'reviews' ? { pod: { volumes: [{ name: 'tmp', emptyDir: {} }] } } : {}),
  });
}

/** The sample application in the mesh, with Istio's own routing, and once more with Gateway API's. */
export async function seedBookinfo(seeder: Seeder): Promise<void> {
  await ensureDefaultPlane(seeder);
  seeder.at('60d');
  await seeder.create(namespace('istio-ingress', { 'istio-injection': 'enabled' }));
  await seeder.pass(5_000);
  for (const object of gatewayObjects({
    name: 'istio-ingress',
    namespace: 'istio-ingress',
    replicas: 2,
    istio: 'ingress',
  })) {
    await seeder.run(object, 'helm');
  }
  seeder.at('45d');
  await seeder.create(namespace('bookinfo'));
  await seeder.pass(60_000);
  await seeder.label('namespaces', { name: 'bookinfo' }, { 'istio-injection': 'enabled' });
  await seeder.pass(8_000);
  for (const object of bookinfoObjects('bookinfo')) await seeder.run(object);
  for (const object of routing('bookinfo')) await seeder.create(object);
  // Restarted after the control plane's last upgrade, so that the sidecars are of the present release.
  seeder.at('18d');
  for (const { name, versions } of BOOKINFO_APPS) {
    for (const version of versions) {
      await seeder.restart('deployments.apps', { name: `${name}-${version}`, namespace: 'bookinfo' });
    }
  }
  await seeder.restart('deployments.apps', { name: 'istio-ingress', namespace: 'istio-ingress' });
  await seedBookinfoGatewayApi(seeder);
}

const NETWORKING = 'networking.istio.io/v1';

function routing(ns: string): NewObject[] {
  const uris = [
    { exact: '/productpage' },
    { prefix: '/static' },
    { exact: '/login' },
    { exact: '/logout' },
    { prefix: '/api/v1/products' },
  ];
  const subsets = (versions: readonly string[]) => versions.map((version) => ({ name: version, labels: { version } }));
  const reviews = [
    { destination: { host: 'reviews', subset: 'v1' }, weight: 50 },
    { destination: { host: 'reviews', subset: 'v3' }, weight: 50 },
  ];
  return [
    custom(NETWORKING, 'Gateway', 'bookinfo-gateway', ns, {
      selector: { istio: 'ingress' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    }),
    custom(NETWORKING, 'VirtualService', 'bookinfo', ns, {
      hosts: ['*'],
      gateways: ['bookinfo-gateway'],
      http: [
        {
          match: uris.map((uri) => ({ uri })),
          route: [{ destination: { host: 'productpage', port: { number: PORT } } }],
        },
      ],
    }),
    custom(NETWORKING, 'VirtualService', 'reviews', ns, { hosts: ['reviews'], http: [{ route: reviews }] }),
    ...BOOKINFO_APPS.map(({ name, versions }) =>
      custom(NETWORKING, 'DestinationRule', name, ns, { host: name, subsets: subsets(versions) }),
    ),
  ];
}
