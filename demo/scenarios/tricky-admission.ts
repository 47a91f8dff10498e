import type { JsonObject, NewObject } from '@/demo/server/object-types';
import { ANNOTATIONS } from '@/demo/webhook/annotation-names';
import { container, deployment, type TextMap } from './build-objects';
import type { ScenarioContext } from './scenario';
import { seedNamespace } from './seed-namespace';
import { api } from './tricky-namespaces';

const ENABLED = { 'istio-injection': 'enabled' };

function app(
  ns: string,
  name: string,
  more: { readonly replicas?: number; readonly podAnnotations?: TextMap; readonly container?: JsonObject } = {},
) {
  const { container: extra = {}, ...rest } = more;
  const main = container({ name: 'app', image: `ghcr.io/example/${name}:1.0.0`, ports: [8080], more: extra });
  return deployment({ name, namespace: ns, containers: [main], ...rest });
}

/** Pods that the cluster refuses: by Pod Security, quota, limits, the injector, or since nobody injects. */
export async function seedAdmissionFaults({ seeder }: ScenarioContext): Promise<void> {
  const restricted = { ...ENABLED, 'pod-security.kubernetes.io/enforce': 'restricted' };
  const hardened = {
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
  await seedNamespace(seeder, {
    name: 'vault',
    age: '2d',
    labels: restricted,
    objects: [app('vault', 'key-store', { container: hardened }), app('vault', 'token-broker')],
  });
  const quota: NewObject = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'team-quota', namespace: 'batch' },
    spec: { hard: { 'limits.cpu': '6', 'requests.cpu': '350m', pods: '10' } },
  };
  const small = { resources: { requests: { cpu: '10m' }, limits: { cpu: '20m' } } };
  await seedNamespace(seeder, {
    name: 'batch',
    age: '2d',
    labels: ENABLED,
    objects: [quota, app('batch', 'worker', { replicas: 4, container: small })],
  });
  const range: NewObject = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'container-limits', namespace: 'edge-functions' },
    spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] },
  };
  await seedNamespace(seeder, {
    name: 'edge-functions',
    age: '2d',
    labels: ENABLED,
    objects: [range, app('edge-functions', 'resizer')],
  });
  await seedNamespace(seeder, {
    name: 'experiments',
    age: '1d',
    labels: ENABLED,
    objects: [
      app('experiments', 'bad-mode', { podAnnotations: { [ANNOTATIONS.interceptionMode]: 'SIDEWAYS' } }),
      app('experiments', 'bad-range', { podAnnotations: { [ANNOTATIONS.includeOutboundIPRanges]: '10.0.0.0/99' } }),
      app('experiments', 'bad-port', { podAnnotations: { [ANNOTATIONS.excludeInboundPorts]: '70000' } }),
    ],
  });
  await seedNamespace(seeder, {
    name: 'canary-tests',
    age: '1d',
    labels: { 'istio.io/rev': 'canary' },
    objects: api('canary-tests', 'canary-web', 2),
  });
}
