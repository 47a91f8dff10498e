import fc, { type Arbitrary } from 'fast-check';
import { ANNOTATIONS, LABELS, PROMETHEUS_SPELLINGS } from './annotations.data';
import { mostly, type RandomObject, someOf, textsFrom, withSome } from './random-choices';
import { CONTAINERS, INIT_CONTAINERS } from './random-container';

const VOLUME_SOURCE = fc.constantFrom<RandomObject>(
  { emptyDir: {} },
  { emptyDir: { medium: 'Memory', sizeLimit: '1.5Gi' } },
  { configMap: { name: 'c', optional: false, defaultMode: 0o644 } },
  { secret: { secretName: 's', items: [{ key: 'k', path: 'p' }] } },
  { hostPath: { path: '/srv', type: '' } },
  { persistentVolumeClaim: { claimName: 'data' } },
  { downwardAPI: { items: [{ path: 'cpu', resourceFieldRef: { resource: 'limits.cpu', divisor: '1' } }] } },
  { projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3600 } }] } },
  { csi: { driver: 'x.example', readOnly: true } },
  {},
);
const VOLUME = fc
  .tuple(
    fc.constantFrom('data', 'config', 'istio-data', 'istio-envoy', 'workload-socket', 'workload-certs', 'istio-token'),
    VOLUME_SOURCE,
  )
  .map(([name, source]) => ({ name, ...source }));

const POD_SECURITY = someOf({
  fsGroup: fc.constantFrom(0, 2000),
  runAsUser: fc.constantFrom(0, 1000),
  runAsNonRoot: fc.boolean(),
  supplementalGroups: fc.constantFrom([1, 2], []),
  sysctls: fc.constant([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '1' }]),
  seccompProfile: fc.constant({ type: 'RuntimeDefault' }),
});

const SPEC = withSome(
  { containers: CONTAINERS },
  {
    initContainers: INIT_CONTAINERS,
    volumes: fc.uniqueArray(VOLUME, { maxLength: 3, selector: ({ name }) => name }),
    securityContext: POD_SECURITY,
    serviceAccountName: fc.constantFrom('default', 'shop', ''),
    hostNetwork: mostly(11, 12, fc.constant(false), fc.constant(true)),
    hostPID: fc.boolean(),
    dnsPolicy: fc.constantFrom('ClusterFirst', 'Default', 'None'),
    dnsConfig: fc.constant({ searches: ['a.b'], options: [{ name: 'ndots', value: '2' }] }),
    imagePullSecrets: fc.constantFrom([{ name: 'pull' }], [{}], []),
    nodeSelector: fc.constantFrom({ zone: 'a' }, {}),
    tolerations: fc.constant([{ operator: 'Exists', tolerationSeconds: 0 }]),
    hostAliases: fc.constant([{ ip: '10.0.0.1', hostnames: ['x'] }]),
    restartPolicy: fc.constantFrom('Always', 'Never'),
    terminationGracePeriodSeconds: fc.constantFrom(0, 30),
    automountServiceAccountToken: fc.boolean(),
    enableServiceLinks: fc.boolean(),
    shareProcessNamespace: fc.boolean(),
    priority: fc.constantFrom(0, 10),
    topologySpreadConstraints: fc.constant([{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }]),
    affinity: fc.constantFrom({}, { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [] } }),
    overhead: fc.constant({ cpu: '0.25', memory: 1024 }),
    readinessGates: fc.constant([{ conditionType: 'x.example/ready' }]),
    schedulingGates: fc.constant([{ name: 'x.example/wait' }]),
  },
);

const owner = (apiVersion: string, kind: string, name: string, isController: boolean) => ({
  ownerReferences: [
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'other', uid: '0' },
    { apiVersion, kind, name, uid: '1', controller: isController },
  ],
});
const NAMING = fc.constantFrom<RandomObject>(
  { name: 'bare' },
  { name: 'named', ...owner('apps/v1', 'ReplicaSet', 'shop-7c9f', true) },
  { generateName: 'shop-7c9f-', ...owner('apps/v1', 'ReplicaSet', 'shop-7c9f', true) },
  { generateName: 'shop-7c9f-', ...owner('apps/v1', 'ReplicaSet', 'shop-7c9f', false) },
  { generateName: 'db-', ...owner('apps/v1', 'StatefulSet', 'db', true) },
  { generateName: 'nightly-28000000-', ...owner('batch/v1', 'Job', 'nightly-28000000', true) },
  { generateName: 'once-', ...owner('batch/v1', 'Job', 'once-1234567', true) },
  { generateName: 'dc-1-', ...owner('v1', 'ReplicationController', 'dc-1', true) },
  { generateName: 'free-' },
  {},
);

const LIVE_METADATA = fc.constantFrom<RandomObject>(
  ...Array<RandomObject>(12).fill({}),
  ...Array<RandomObject>(4).fill({ namespace: 'shop' }),
  { namespace: 'kube-system' },
  {
    creationTimestamp: null,
    finalizers: ['x.example/keep'],
    managedFields: [{ manager: 'kubectl', operation: 'Update' }],
  },
);

/** Metadata of a pod or template; wrong annotations are among the others one time in four. */
export const METADATA: Arbitrary<RandomObject> = mostly(3, 4, fc.constant(false), fc.constant(true)).chain((isWrong) =>
  someOf({
    annotations: fc
      .tuple(textsFrom(ANNOTATIONS, 7, isWrong), textsFrom(PROMETHEUS_SPELLINGS, 1, isWrong))
      .map(([some, port]) => ({ ...some, ...port })),
    labels: textsFrom(LABELS, 5, false),
  }),
);

export const POD_SPEC = SPEC;

/** What is no Pod any more: each takes one place out of its type. */
const TYPE_FAULTS: readonly ((pod: RandomObject) => RandomObject)[] = [
  (pod) => ({ ...pod, spec: { ...Object(pod.spec), hostNetwork: 'true' } }),
  (pod) => ({ ...pod, spec: { ...Object(pod.spec), containers: {} } }),
  (pod) => ({ ...pod, spec: { ...Object(pod.spec), containers: [{ name: 'main', image: 5 }] } }),
  (pod) => ({
    ...pod,
    spec: { ...Object(pod.spec), containers: [{ name: 'main', ports: [{ containerPort: '80' }] }] },
  }),
  (pod) => ({
    ...pod,
    spec: { ...Object(pod.spec), containers: [{ name: 'main', env: [{ name: 'A', value: true }] }] },
  }),
  (pod) => ({ ...pod, spec: { ...Object(pod.spec), containers: [{ resources: { limits: { cpu: 'many' } } }] } }),
  (pod) => ({ ...pod, spec: { ...Object(pod.spec), terminationGracePeriodSeconds: 1.5 } }),
  (pod) => ({ ...pod, spec: 'text' }),
  (pod) => ({ ...pod, metadata: { ...Object(pod.metadata), labels: { a: 1 } } }),
  (pod) => ({ ...pod, metadata: { ...Object(pod.metadata), annotations: ['a'] } }),
  (pod) => ({ ...pod, metadata: { ...Object(pod.metadata), creationTimestamp: 'yesterday' } }),
];
/** What the types do not know vanishes, and what is null is as if it were not there. */
const ODDITIES: readonly ((pod: RandomObject) => RandomObject)[] = [
  (pod) => ({ ...pod, spec: { ...Object(pod.spec), notAField: { a: 1 } } }),
  (pod) => ({ ...pod, spec: { ...Object(pod.spec), volumes: null, initContainers: null, securityContext: null } }),
  (pod) => ({ ...pod, metadata: { ...Object(pod.metadata), labels: null, extra: true } }),
  (pod) => ({ ...pod, status: { phase: 'Pending' } }),
];

/** A pod as the API server would send it to a webhook, or one that it never would. */
const POD: Arbitrary<RandomObject> = fc
  .record({
    metadata: fc
      .tuple(NAMING, METADATA, LIVE_METADATA)
      .map(([naming, texts, live]) => ({ ...naming, ...live, ...texts })),
    spec: POD_SPEC,
    change: fc.oneof(
      { weight: 34, arbitrary: fc.constant((pod: RandomObject) => pod) },
      { weight: 4, arbitrary: fc.constantFrom(...ODDITIES) },
      { weight: 2, arbitrary: fc.constantFrom(...TYPE_FAULTS) },
    ),
  })
  // As it is read from the wire: plain objects, nothing undefined.
  .map(({ metadata, spec, change }) =>
    JSON.parse(JSON.stringify(change({ apiVersion: 'v1', kind: 'Pod', metadata, spec }))),
  );

export interface RandomReview {
  readonly pod: RandomObject;
  /** Of the request. */
  readonly namespace: string;
  /** Of the webhook's URL. */
  readonly path: string;
}

/** A pod on its way, with the namespace and the URL that its webhook is called by. */
export const REVIEW: Arbitrary<RandomReview> = fc.record({
  pod: POD,
  namespace: fc.constantFrom('default', ...Array<string>(18).fill('shop'), 'kube-system'),
  path: fc.constantFrom(
    ...Array<string>(12).fill(''),
    '/cluster/east/net/net-1',
    '/cluster/a--slash--b/custom/v/',
    '/net/net-9/odd',
    '/:ENV:cluster=west:ENV:ISTIO_META_NETWORK=net/7:ENV:=x',
  ),
});
