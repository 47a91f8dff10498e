import type { NewObject } from '@/demo/server/object-types';
import { bookinfoObjects } from './bookinfo';
import { container, custom, deployment, namespace, service, serviceAccount } from './build-objects';
import { DEFAULT_PLANE, proxyImage } from './control-plane';
import type { Seeder } from './seeder';

const NS = 'bookinfo-gateway-api';
const GATEWAY = 'gateway.networking.k8s.io/v1';

/** The same application behind a Gateway of Gateway API, whose proxy istiod deploys by itself. */
export async function seedBookinfoGatewayApi(seeder: Seeder): Promise<void> {
  const apps = ['details', 'ratings', 'reviews', 'productpage'].map((name) => ({ name, versions: ['v1'] }));
  seeder.at('9d');
  await seeder.create(gatewayClass(), 'none');
  await seeder.create(namespace(NS, { 'istio-injection': 'enabled' }));
  await seeder.pass(4_000);
  for (const object of bookinfoObjects(NS, apps)) await seeder.run(object);
  for (const object of gateway()) await seeder.create(object);
  for (const object of proxy()) await seeder.run(object, 'none');
}

function gatewayClass(): NewObject {
  return {
    apiVersion: GATEWAY,
    kind: 'GatewayClass',
    metadata: { name: 'istio' },
    spec: { controllerName: 'istio.io/gateway-controller', description: 'The default Istio GatewayClass' },
  };
}

function gateway(): NewObject[] {
  const match = (type: string, value: string) => ({ path: { type, value } });
  return [
    custom(GATEWAY, 'Gateway', 'bookinfo-gateway', NS, {
      gatewayClassName: 'istio',
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } }],
    }),
    custom(GATEWAY, 'HTTPRoute', 'bookinfo', NS, {
      parentRefs: [{ name: 'bookinfo-gateway' }],
      rules: [
        {
          matches: [
            match('Exact', '/productpage'),
            match('PathPrefix', '/static'),
            match('PathPrefix', '/api/v1/products'),
          ],
          backendRefs: [{ name: 'productpage', port: 9080 }],
        },
      ],
    }),
  ];
}

// What istiod's gateway controller makes of a Gateway; the injector leaves it alone.
function proxy(): NewObject[] {
  const name = 'bookinfo-gateway-istio';
  const labels = {
    'gateway.networking.k8s.io/gateway-name': 'bookinfo-gateway',
    'gateway.istio.io/managed': 'istio.io-gateway-controller',
  };
  const args = [
    'proxy',
    'router',
    '--domain',
    '$(POD_NAMESPACE).svc.cluster.local',
    '--proxyLogLevel=warning',
    '--log_output_level=default:info',
  ];
  const env = [
    { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
    { name: 'CA_ADDR', value: 'istiod.istio-system.svc:15012' },
    { name: 'ISTIO_META_INTERCEPTION_MODE', value: 'REDIRECT' },
    { name: 'ISTIO_META_WORKLOAD_NAME', value: name },
    { name: 'ISTIO_META_CLUSTER_ID', value: 'Kubernetes' },
  ];
  const ports = [
    { name: 'metrics', containerPort: 15_020, protocol: 'TCP' },
    { name: 'status-port', containerPort: 15_021, protocol: 'TCP' },
    { name: 'http-envoy-prom', containerPort: 15_090, protocol: 'TCP' },
  ];
  return [
    serviceAccount(name, NS, labels),
    service({
      name,
      namespace: NS,
      labels,
      selector: { 'gateway.networking.k8s.io/gateway-name': 'bookinfo-gateway' },
      ports: [
        { name: 'status-port', port: 15_021, targetPort: 15_021 },
        { name: 'http', port: 80, targetPort: 80 },
      ],
      spec: { type: 'LoadBalancer' },
    }),
    deployment({
      name,
      namespace: NS,
      labels,
      podLabels: {
        ...labels,
        app: name,
        'istio.io/dataplane-mode': 'none',
        'service.istio.io/canonical-name': name,
        'service.istio.io/canonical-revision': 'latest',
        'sidecar.istio.io/inject': 'false',
      },
      podAnnotations: {
        'istio.io/rev': 'default',
        'prometheus.io/path': '/stats/prometheus',
        'prometheus.io/port': '15020',
        'prometheus.io/scrape': 'true',
      },
      serviceAccountName: name,
      containers: [
        container({
          name: 'istio-proxy',
          image: proxyImage(DEFAULT_PLANE),
          ports,
          more: {
            args,
            env,
            readinessProbe: {
              httpGet: { path: '/healthz/ready', port: 15_021 },
              periodSeconds: 15,
              failureThreshold: 4,
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              privileged: false,
              readOnlyRootFilesystem: true,
              runAsGroup: 1337,
              runAsNonRoot: true,
              runAsUser: 1337,
            },
          },
        }),
      ],
    }),
  ];
}
