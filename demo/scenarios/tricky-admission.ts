import type { JsonObject, NewObject } from '@/demo/server/object-types';
import { ANNOTATIONS } from './annotation-names';
import { container, deployment, type TextMap } from './build-objects';
import type { Age } from './cluster-clock';
import { seedNamespaces } from './seed-namespace';
import type { Seeder } from './seeder';
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
export async function seedAdmissionFaults(seeder: Seeder): Promise<void> {
  const restricted = { ...ENABLED, 'pod-security.kubernetes.io/enforce': 'restricted' };
  const hardened = {
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
  const quota: NewObject = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'team-quota', namespace: 'batch' },
    spec: { hard: { 'limits.cpu': '6', 'requests.cpu': '350m', pods: '10' } },
  };
  const small = { resources: { requests: { cpu: '10m' }, limits: { cpu: '20m' } } };
  const range: NewObject = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'container-limits', namespace: 'edge-functions' },
    spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] },
  };
  const plans: readonly (readonly [name: string, age: Age, labels: TextMap, objects: readonly NewObject[]])[] = [
    ['vault', '2d', restricted, [app('vault', 'key-store', { container: hardened }), app('vault', 'token-broker')]],
    ['batch', '2d', ENABLED, [quota, app('batch', 'worker', { replicas: 4, container: small })]],
    ['edge-functions', '2d', ENABLED, [range, app('edge-functions', 'resizer')]],
    [
      'experiments',
      '1d',
      ENABLED,
      [
        app('experiments', 'bad-mode', { podAnnotations: { [ANNOTATIONS.interceptionMode]: 'SIDEWAYS' } }),
        app('experiments', 'bad-range', { podAnnotations: { [ANNOTATIONS.includeOutboundIPRanges]: '10.0.0.0/99' } }),
        app('experiments', 'unknown-template', { podAnnotations: { [ANNOTATIONS.templates]: 'sidecar,nowhere' } }),
        app('experiments', 'bad-volume', { podAnnotations: { [ANNOTATIONS.userVolume]: '{"certs": ' } }),
        app('experiments', 'bad-port', { podAnnotations: { [ANNOTATIONS.excludeInboundPorts]: '70000' } }),
      ],
    ],
    ['canary-tests', '1d', { 'istio.io/rev': 'canary' }, api('canary-tests', 'canary-web', 2)],
  ];
  await seedNamespaces(
    seeder,
    plans.map(([name, age, labels, objects]) => ({ name, age, labels, objects })),
  );
}
