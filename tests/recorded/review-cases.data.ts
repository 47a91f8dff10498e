import type { ReviewCase } from './case-types';

type Tree = Record<string, unknown>;

interface PodPlan {
  readonly labels?: Tree;
  readonly annotations?: Tree;
  readonly metadata?: Tree;
  readonly spec?: Tree;
  /** Laid over the only container. */
  readonly app?: Tree;
}

function pod({ labels = {}, annotations = {}, metadata = {}, spec = {}, app = {} }: PodPlan = {}): Tree {
  const container = { name: 'app', image: 'example/app:1.4', ports: [{ name: 'web', containerPort: 8080 }], ...app };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'app', labels: { app: 'app', ...labels }, annotations, ...metadata },
    spec: { containers: [container], ...spec },
  };
}

type Row = readonly [name: string, pod: unknown, more?: { readonly namespace?: string; readonly path?: string }];

function under(configuration: string, rows: readonly Row[]): ReviewCase[] {
  return rows.map(([name, tree, { namespace = 'shop', path = '' } = {}]) => ({
    name: `${configuration}: ${name}`,
    configuration,
    pod: tree,
    namespace,
    path,
  }));
}

const noted = (annotations: Tree) => pod({ annotations });
const asked = (name: string, value: string) => noted({ [`sidecar.istio.io/${name}`]: value });
const traffic = (name: string, value: string) => noted({ [`traffic.sidecar.istio.io/${name}`]: value });
const configured = (text: string) => noted({ 'proxy.istio.io/config': text });
const templated = (names: string, plan: PodPlan = {}) =>
  pod({ ...plan, annotations: { ...plan.annotations, 'inject.istio.io/templates': names } });
const owned = (kind: string, name: string, labels: Tree = {}, apiVersion = 'apps/v1') =>
  pod({
    labels,
    metadata: {
      name: undefined,
      generateName: `${name}-`,
      ownerReferences: [{ apiVersion, kind, name, uid: 'one', controller: true }],
    },
  });
const withProxy = (proxy: Tree, plan: PodPlan = {}) =>
  pod({
    ...plan,
    spec: {
      containers: [
        { name: 'app', image: 'example/app:1' },
        { name: 'istio-proxy', ...proxy },
      ],
    },
  });
const get = (port: number | string, more: Tree = {}) => ({ httpGet: { path: '/up', port, ...more } });
const STATUS =
  '{"initContainers":["istio-init"],"containers":["istio-proxy"],"volumes":["istio-envoy"],"imagePullSecrets":null,"revision":"default"}';

const POLICY: readonly Row[] = [
  ['a plain pod', pod()],
  ['an empty pod', { apiVersion: 'v1', kind: 'Pod', metadata: {}, spec: { containers: [] } }],
  ['host network', pod({ spec: { hostNetwork: true } })],
  ['a system namespace', pod(), { namespace: 'kube-system' }],
  ['switched off by label', pod({ labels: { 'sidecar.istio.io/inject': 'false' } })],
  ['switched off by annotation', asked('inject', 'false')],
  [
    'label before annotation',
    pod({ labels: { 'sidecar.istio.io/inject': 'true' }, annotations: { 'sidecar.istio.io/inject': 'false' } }),
  ],
  ['an odd switch', asked('inject', 'yes')],
];

const IDENTITY: readonly Row[] = [
  ['of a Deployment', owned('ReplicaSet', 'web-5d4f', { 'pod-template-hash': '5d4f' })],
  ['of a bare ReplicaSet', owned('ReplicaSet', 'web')],
  ['of a Rollout', owned('ReplicaSet', 'web-77aa', { 'rollouts-pod-template-hash': '77aa' })],
  ['of a DeploymentConfig', owned('ReplicationController', 'web-3', { deploymentconfig: 'web' }, 'v1')],
  ['of a CronJob', owned('Job', 'report-29000000', {}, 'batch/v1')],
  ['of a Job', owned('Job', 'report-once', {}, 'batch/v1')],
  ['of a StatefulSet', owned('StatefulSet', 'db')],
  ['with a long name', pod({ labels: { app: `${'a'.repeat(61)}-_b` } })],
  [
    'with canonical labels',
    pod({
      labels: {
        'service.istio.io/canonical-name': 'shop',
        'service.istio.io/canonical-revision': 'v9',
        'service.istio.io/workload-name': 'till',
      },
    }),
  ],
  [
    'with recommended labels',
    pod({ labels: { 'app.kubernetes.io/name': 'shop', 'app.kubernetes.io/version': '2.1', version: 'v1' } }),
  ],
  ['with a network of its own', pod({ labels: { 'topology.istio.io/network': 'south' } })],
  ['by a path with cluster and network', pod(), { path: '/cluster/west/net/north' }],
  ['by a path with a slash in a value', pod(), { path: '/cluster/a--slash--b/extra/1/' }],
  ['by the old form of a path', pod(), { path: '/:ENV:cluster=west:ENV:net=x/y' }],
];

const IMAGES: readonly Row[] = [
  ['an image', asked('proxyImage', 'registry.example/proxy:9')],
  ['an image without a slash', asked('proxyImage', 'proxy')],
  ['an image type', asked('proxyImageType', 'distroless')],
  ['the default image type', asked('proxyImageType', 'default')],
  ['an image type in the proxy config', configured('image: {imageType: debug}')],
  ['not native', asked('nativeSidecar', 'false')],
  ['an odd word for native', asked('nativeSidecar', 'no')],
];

const CAPTURE: readonly Row[] = [
  ['TPROXY', asked('interceptionMode', 'TPROXY')],
  ['no capture', asked('interceptionMode', 'NONE')],
  [
    'no capture and not native',
    noted({ 'sidecar.istio.io/interceptionMode': 'NONE', 'sidecar.istio.io/nativeSidecar': 'false' }),
  ],
  [
    'ports and ranges',
    noted(
      Object.fromEntries(
        [
          ['includeOutboundIPRanges', '10.0.0.0/8'],
          ['excludeOutboundIPRanges', '10.1.0.0/16'],
          ['includeInboundPorts', '80, 81'],
          ['excludeInboundPorts', '22'],
          ['includeOutboundPorts', '443'],
          ['excludeOutboundPorts', '25'],
          ['excludeInterfaces', 'eth1'],
          ['kubevirtInterfaces', 'net1'],
        ].map(([key, value]) => [`traffic.sidecar.istio.io/${key}`, value]),
      ),
    ),
  ],
  ['empty ranges', traffic('includeOutboundIPRanges', '')],
  [
    'rerouted interfaces',
    noted({ 'istio.io/reroute-virtual-interfaces': 'net2', 'traffic.sidecar.istio.io/kubevirtInterfaces': 'net1' }),
  ],
  ['a status port', noted({ 'status.sidecar.istio.io/port': '15099' })],
  ['no status port', noted({ 'status.sidecar.istio.io/port': '0' })],
  [
    'readiness',
    noted({
      'readiness.status.sidecar.istio.io/initialDelaySeconds': '3',
      'readiness.status.sidecar.istio.io/periodSeconds': '7',
      'readiness.status.sidecar.istio.io/failureThreshold': '9',
    }),
  ],
  ['resources', noted({ 'sidecar.istio.io/proxyCPU': '50m', 'sidecar.istio.io/proxyMemoryLimit': '1000Mi' })],
  [
    'user volumes',
    noted({
      'sidecar.istio.io/userVolume': '{"b":{"emptyDir":{}},"a":{"secret":{"secretName":"s"}}}',
      'sidecar.istio.io/userVolumeMount': '{"b":{"mountPath":"/b","readOnly":true}}',
    }),
  ],
  ['user volumes that are no JSON', asked('userVolume', '{')],
  ['a bootstrap of its own', asked('bootstrapOverride', 'my-bootstrap')],
];

const PROBES: readonly Row[] = [
  [
    'of every kind',
    pod({
      app: {
        readinessProbe: { ...get('web'), timeoutSeconds: 4 },
        livenessProbe: { tcpSocket: { port: 8080 } },
        startupProbe: { grpc: { port: 9090, service: 'up' }, periodSeconds: 2 },
      },
    }),
  ],
  [
    'https with headers',
    pod({
      app: { livenessProbe: get(8443, { scheme: 'HTTPS', host: 'me', httpHeaders: [{ name: 'A', value: '<b>' }] }) },
    }),
  ],
  ['an unknown port name', pod({ app: { readinessProbe: get('nowhere') } })],
  ['exec', pod({ app: { livenessProbe: { exec: { command: ['true'] } } } })],
  ['on the status port', pod({ app: { readinessProbe: get(15_020) } })],
  ['hooks', pod({ app: { lifecycle: { preStop: get(8080), postStart: { tcpSocket: { port: 'web' } } } } })],
  ['hooks that sleep', pod({ app: { lifecycle: { preStop: { sleep: { seconds: 3 } } } } })],
  [
    'of an init container',
    pod({ spec: { initContainers: [{ name: 'side', image: 'x', restartPolicy: 'Always', readinessProbe: get(81) }] } }),
  ],
  [
    'left alone',
    pod({ annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'false' }, app: { readinessProbe: get(80) } }),
  ],
  [
    'with an odd switch',
    pod({ annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'perhaps' }, app: { readinessProbe: get(80) } }),
  ],
  [
    'to a status port of its own',
    pod({ annotations: { 'status.sidecar.istio.io/port': '15099' }, app: { readinessProbe: get(80) } }),
  ],
];

const METRICS: readonly Row[] = [
  ['scraped', noted({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9102', 'prometheus.io/path': '/m' })],
  ['in other spellings', noted({ 'prometheus.io.scrape': 'true', 'prometheus-io/port': '9102' })],
  ['not scraped', noted({ 'prometheus.io/scrape': 'false', 'prometheus.io/port': '9102' })],
  ['not merged', noted({ 'prometheus.istio.io/merge-metrics': 'false', 'prometheus.io/port': '9102' })],
  ['already merged', noted({ 'prometheus.io/port': '15020' })],
  ['several targets', noted({ 'prometheus.istio.io/scrape-targets': '9102, 9103:/two,' })],
  ['a target without a port', noted({ 'prometheus.istio.io/scrape-targets': ':/x' })],
  ['a target that is no port', noted({ 'prometheus.istio.io/scrape-targets': 'web' })],
  ['a reserved port', noted({ 'prometheus.io/port': '15090' })],
  ['a port that is none', noted({ 'prometheus.io/port': '70000' })],
  ['a secure port', configured('proxyMetadata: {ENVOY_SECURE_MERGED_METRICS_PORT: "15091"}')],
];

const OWN_PROXY: readonly Row[] = [
  ['image auto', withProxy({ image: 'auto' })],
  [
    'settings on top',
    withProxy({
      image: 'custom/proxy:1',
      args: ['mine'],
      env: [
        { name: 'MINE', value: '1' },
        { name: 'CA_ADDR', value: 'other' },
      ],
      ports: [{ containerPort: 8443 }],
      resources: { limits: { cpu: '3000m' } },
    }),
  ],
  ['a user of its own', withProxy({ image: 'auto', securityContext: { runAsUser: 2000, runAsGroup: 2001 } })],
  [
    'a user of its own under TPROXY',
    withProxy(
      { image: 'auto', securityContext: { runAsUser: 2000 } },
      { annotations: { 'sidecar.istio.io/interceptionMode': 'TPROXY' } },
    ),
  ],
  [
    'not native',
    withProxy(
      { image: 'auto', lifecycle: { preStop: { exec: { command: ['sleep', '1'] } } } },
      { annotations: { 'sidecar.istio.io/nativeSidecar': 'false' } },
    ),
  ],
  [
    'among the init containers',
    pod({
      spec: {
        initContainers: [
          { name: 'istio-proxy', image: 'auto', env: [{ name: 'MINE', value: '1' }] },
          { name: 'first', image: 'x' },
        ],
      },
    }),
  ],
  [
    'an istio-init of its own',
    pod({
      spec: {
        initContainers: [
          { name: 'first', image: 'x' },
          { name: 'istio-init', image: 'auto', resources: { requests: { cpu: '1' } } },
        ],
      },
    }),
  ],
  [
    'a container called enable-core-dump',
    pod({
      spec: {
        initContainers: [
          { name: 'first', image: 'x' },
          { name: 'enable-core-dump', image: 'y' },
        ],
      },
    }),
  ],
  [
    'injected before',
    withProxy(
      { image: 'old/proxy:1', env: [{ name: 'ISTIO_KUBE_APP_PROBERS', value: '{}' }] },
      { annotations: { 'sidecar.istio.io/status': STATUS, 'prometheus.io/port': '15020' } },
    ),
  ],
  [
    'injected before, with overrides',
    withProxy(
      { image: 'old/proxy:1' },
      {
        annotations: {
          'sidecar.istio.io/status': '{}',
          'proxy.istio.io/overrides': '{"containers":[{"name":"istio-proxy","image":"mine/proxy:2","resources":{}}]}',
        },
      },
    ),
  ],
  ['a status that is no JSON', asked('status', 'once')],
  ['overrides that are no JSON', noted({ 'proxy.istio.io/overrides': 'mine' })],
];

const MERGING: readonly Row[] = [
  [
    'volumes of the same names',
    pod({
      spec: {
        volumes: [
          { name: 'workload-socket', hostPath: { path: '/x' } },
          { name: 'istio-data', emptyDir: { sizeLimit: '1Gi' } },
          { name: 'own', emptyDir: {} },
        ],
      },
    }),
  ],
  [
    'ports that differ in protocol',
    pod({
      app: {
        ports: [
          { containerPort: 53, protocol: 'TCP' },
          { containerPort: 53, protocol: 'UDP' },
        ],
      },
    }),
  ],
  [
    'signs that Go escapes',
    pod({ annotations: { note: '<&> \u2028 ü "' }, app: { name: 'app', env: [{ name: 'A', value: 'ü<' }] } }),
  ],
  ['held back', configured('holdApplicationUntilProxyStarts: true')],
  [
    'held back and not native',
    noted({
      'proxy.istio.io/config': 'holdApplicationUntilProxyStarts: true',
      'sidecar.istio.io/nativeSidecar': 'false',
    }),
  ],
  [
    'a proxy config',
    configured(
      'concurrency: 0\nproxyMetadata: {B: "2", A: "1"}\ndrainDuration: 7s\ntracing: {}\nterminationDrainDuration: 1.5s',
    ),
  ],
  ['a proxy config in snake case', configured('proxy_metadata: {A: "1"}\nstatusPort: 15030\nunknown_thing: 1')],
  [
    'quantities',
    pod({
      app: { resources: { requests: { cpu: '0.5', memory: '1024Mi' }, limits: { cpu: '3000m', memory: '1e9' } } },
    }),
  ],
  ['a field of the wrong type', pod({ spec: { containers: { name: 'x' } } })],
];

const REFUSED: readonly Row[] = [
  ['interceptionMode', asked('interceptionMode', 'sideways')],
  ['status port', noted({ 'status.sidecar.istio.io/port': 'x' })],
  ['readiness', noted({ 'readiness.status.sidecar.istio.io/periodSeconds': '1s' })],
  ['outbound range', traffic('includeOutboundIPRanges', '10.0.0.0')],
  ['excluded range', traffic('excludeOutboundIPRanges', '*')],
  ['inbound ports', traffic('includeInboundPorts', '80,x')],
  ['excluded inbound ports', traffic('excludeInboundPorts', '70000')],
  ['excluded outbound ports', traffic('excludeOutboundPorts', '*')],
  ['interfaces', traffic('excludeInterfaces', '1eth')],
  ['merge switch', noted({ 'prometheus.istio.io/merge-metrics': 'maybe' })],
  ['processor', asked('proxyCPU', 'much')],
  ['memory with a control character', asked('proxyMemory', '1Gi\n')],
  ['a proxy config that is no YAML', configured('a: b: c')],
  ['a proxy config of wrong types', configured('concurrency: many')],
  ['a proxy config that is checked', configured('discoveryAddress: nowhere')],
  ['a proxy config without a status port', configured('statusPort: 0')],
  ['two at once', noted({ 'sidecar.istio.io/interceptionMode': 'x', 'sidecar.istio.io/proxyCPU': 'y' })],
];

const TEMPLATES: readonly Row[] = [
  ['a gateway', templated('gateway', { app: { name: 'istio-proxy', image: 'auto' } })],
  ['a gateway without its container', templated('gateway')],
  ['two', templated(' sidecar , gateway ')],
  ['an unknown one', templated('sideways')],
  ['none', templated('')],
];

const LAB_POD: PodPlan = {
  annotations: { gone: 'soon', 'resource.opentelemetry.io/service.version': '9' },
  metadata: {
    name: 'app',
    finalizers: ['example.org/one', 'example.org/two'],
    labels: { app: 'app' },
    annotations: { gone: 'soon' },
  },
  spec: {
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'a' }, { key: 'b' }],
    hostAliases: [
      { ip: '10.0.0.1', hostnames: ['own'] },
      { ip: '10.0.0.2', hostnames: ['kept'] },
    ],
    imagePullSecrets: [{ name: 'first-key' }, { name: 'own-key' }],
    volumes: [
      { name: 'cache', hostPath: { path: '/c' } },
      { name: 'scratch', emptyDir: {} },
    ],
    containers: [
      { name: 'drop', image: 'x' },
      {
        name: 'app',
        image: 'y',
        args: ['own'],
        ports: [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 80 }],
        volumeMounts: [{ name: 'cache', mountPath: '/shared' }],
      },
    ],
  },
};
const labPod = (template: string) => {
  const tree = pod(LAB_POD);
  const metadata = Object(tree.metadata);
  return {
    ...tree,
    metadata: { ...metadata, annotations: { ...metadata.annotations, 'inject.istio.io/templates': template } },
  };
};

const LAB: readonly Row[] = [
  ['injected annotations', pod()],
  ['an alias of two', templated('pair')],
  ['an alias of a template’s name', templated('label')],
  ['the same twice', templated('mark,mark')],
  ...['touch-apps', 'merge', 'replace-all', 'ordered', 'functions', 'words'].map(
    (name): Row => [`template ${name}`, labPod(name)],
  ),
  ['app containers behind a sidecar', labPod('sidecar,touch-apps')],
  ...[
    'no-mapping',
    'no-yaml',
    'wrong-type',
    'wrong-text',
    'no-key',
    'wrong-patch',
    'fails-itself',
    'nil-pointer',
    'unlike-types',
    'no-such-field',
  ].map((name): Row => [`refused by template ${name}`, templated(name)]),
];

const SWITCHED: readonly Row[] = [
  ['a plain pod', pod()],
  ['always', pod({ labels: { tier: 'front' } })],
  ['never', pod({ labels: { batch: 'yes', tier: 'front' } })],
  ['never by a key', pod({ labels: { quiet: '' } })],
  ['never, but asked', pod({ labels: { quiet: '', 'sidecar.istio.io/inject': 'true' } })],
];

const CLUSTER: readonly Row[] = [
  ['a plain pod', pod({ app: { readinessProbe: get(8080) } })],
  ['an own network', pod({ labels: { 'topology.istio.io/network': 'south' } })],
  ['without native sidecars', asked('nativeSidecar', 'false')],
  ['a gateway', templated('gateway', { app: { name: 'istio-proxy', image: 'auto' } })],
  ['metrics', noted({ 'prometheus.io/port': '9102', 'prometheus.io/scrape': 'true' })],
  [
    'all asked',
    noted({
      'sidecar.istio.io/interceptionMode': 'REDIRECT',
      'k8s.v1.cni.cncf.io/networks': 'mine',
      'proxy.istio.io/config': 'interceptionMode: REDIRECT\nstatsdUdpAddress: ""\nconcurrency: 0',
    }),
  ],
];

const RESOURCES: readonly Row[] = [
  ['of the namespace', pod()],
  ['of a workload', pod({ labels: { app: 'till' } })],
  [
    'of a workload with an annotation',
    pod({
      labels: { app: 'till' },
      annotations: {
        'proxy.istio.io/config': 'concurrency: 7\nproxyMetadata: {SHARED: own, OWN: "1"}\nstatusPort: 15030',
      },
    }),
  ],
  ['of the root namespace alone', pod(), { namespace: 'other' }],
  ['in the root namespace', pod(), { namespace: 'istio-system' }],
  ['of another namespace', pod({ labels: { app: 'till' } }), { namespace: 'elsewhere' }],
];

/** Pods for the webhook; between them they reach every branch of what an injector does with a pod. */
export const REVIEW_CASES: readonly ReviewCase[] = [
  ...under('present', [
    ...POLICY,
    ...IDENTITY,
    ...IMAGES,
    ...CAPTURE,
    ...PROBES,
    ...METRICS,
    ...OWN_PROXY,
    ...MERGING,
    ...REFUSED,
    ...TEMPLATES,
  ]),
  ...['classic', 'cni', 'multus', 'tuned', 'mesh-tproxy', 'mesh-local'].flatMap((name) => under(name, CLUSTER)),
  ...under('lab', LAB),
  ...under('two-defaults', [['a plain pod', pod()]]),
  ...under('no-templates', SWITCHED.slice(0, 1)),
  ...under('policy-odd', SWITCHED),
  ...under('resources', RESOURCES),
  ...['selective', 'policy-off'].flatMap((name) => under(name, SWITCHED)),
];
