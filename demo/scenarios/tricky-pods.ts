import { CRASH_ANNOTATION } from '@/demo/controllers/kubelet';
import { barePod, container, daemonSet, deployment, replicaSet, service, type TextMap } from './build-objects';
import { gatewayObjects } from './gateway-objects';
import { type NamespacePlan, seedNamespaces } from './seed-namespace';
import type { Seeder } from './seeder';

const INJECT = 'sidecar.istio.io/inject';
const ENABLED = { 'istio-injection': 'enabled' };

function app(ns: string, name: string, podLabels: TextMap = {}, podAnnotations?: TextMap) {
  const main = container({ name: 'app', image: `ghcr.io/example/${name}:2.0.1`, ports: [8080] });
  return deployment({
    name,
    namespace: ns,
    podLabels: { app: name, ...podLabels },
    ...(podAnnotations === undefined ? {} : { podAnnotations }),
    containers: [main],
  });
}

/** Pods that say something about injection themselves, in namespaces that inject and in one that does not. */
export async function seedPodSwitches(seeder: Seeder): Promise<void> {
  const broken = brokenPods();
  await seedNamespaces(seeder, [podSwitches(), sandbox(), barePods(), ...gateways(), broken]);
  await seeder.change('deployments.apps', { name: 'similar-items', namespace: broken.name }, (draft) => {
    draft.spec = { ...draft.spec, paused: true };
  });
}

function podSwitches(): NamespacePlan {
  const exporter = container({
    name: 'node-exporter',
    image: 'quay.io/prometheus/node-exporter:v1.9.1',
    ports: [9100],
  });
  return {
    name: 'platform',
    age: '33d',
    labels: ENABLED,
    objects: [
      app('platform', 'config-server'),
      app('platform', 'db-migrator', { [INJECT]: 'false' }),
      app('platform', 'ldap-bridge', {}, { [INJECT]: 'false' }),
      app('platform', 'feature-flags', { [INJECT]: 'yes' }),
      app('platform', 'audit-log', { [INJECT]: 'true' }, { [INJECT]: 'false' }),
      daemonSet({ name: 'node-exporter', namespace: 'platform', containers: [exporter], pod: { hostNetwork: true } }),
    ],
  };
}

function sandbox(): NamespacePlan {
  return {
    name: 'sandbox',
    age: '5d',
    objects: [
      app('sandbox', 'hello'),
      app('sandbox', 'opted-in', { [INJECT]: 'true' }),
      app('sandbox', 'by-annotation', {}, { [INJECT]: 'true' }),
      app('sandbox', 'by-revision', { 'istio.io/rev': '1-10-2' }),
      app('sandbox', 'by-tag', { 'istio.io/rev': 'prod' }),
    ],
  };
}

function barePods(): NamespacePlan {
  const shell = container({
    name: 'shell',
    image: 'nicolaka/netshoot:v0.13',
    more: { command: ['sleep', 'infinity'] },
  });
  return {
    name: 'tools',
    age: '4d',
    labels: ENABLED,
    objects: [
      barePod({ name: 'netshoot', namespace: 'tools', containers: [shell] }),
      barePod({ name: 'netshoot-plain', namespace: 'tools', podLabels: { [INJECT]: 'false' }, containers: [shell] }),
      replicaSet({
        name: 'debug-proxy',
        namespace: 'tools',
        replicas: 2,
        containers: [container({ name: 'proxy', image: 'haproxy:3.1-alpine', ports: [8080] })],
      }),
    ],
  };
}

/** A gateway made by the injector, and one whose namespace the injector never sees. */
function gateways(): NamespacePlan[] {
  const partner = { name: 'partner-gateway', namespace: 'edge', replicas: 2, istio: 'partner' };
  const lost = { name: 'forgotten-gateway', namespace: 'edge-old', replicas: 1, istio: 'forgotten' };
  return [
    { name: 'edge', age: '27d', labels: ENABLED, objects: gatewayObjects(partner) },
    { name: 'edge-old', age: '3d', labels: { 'istio-injection': 'disabled' }, objects: gatewayObjects(lost) },
  ];
}

function brokenPods(): NamespacePlan {
  const ns = 'recommendations';
  const missing = container({ name: 'model', image: 'ghcr.io/example/model-does-not-exist:9.9.9', ports: [9000] });
  return {
    name: ns,
    age: '1d',
    labels: ENABLED,
    objects: [
      service({ name: 'ranking', namespace: ns, ports: [{ name: 'http', port: 80, targetPort: 8080 }] }),
      app(ns, 'ranking', {}, { [CRASH_ANNOTATION]: 'app' }),
      deployment({ name: 'model-server', namespace: ns, containers: [missing] }),
      app(ns, 'similar-items'),
    ],
  };
}
