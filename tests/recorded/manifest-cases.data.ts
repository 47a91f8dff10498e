import type { ManifestCase } from './case-types';

const TEMPLATE = `metadata:
      labels: {app: till}
    spec:
      containers:
      - name: till
        image: example/till:1
        ports: [{containerPort: 80}]`;

const workload = (kind: string, apiVersion: string, more = '') => `apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: till, namespace: shop}
spec:${more}
  template:
    ${TEMPLATE}
`;
const deployment = workload('Deployment', 'apps/v1');
const podOf = (annotations: string, more = '') => `apiVersion: v1
kind: Pod
metadata:
  name: till
  annotations: ${annotations}
spec:
  containers:
  - {name: till, image: example/till:1}
${more}`;

type Row = readonly [name: string, manifest: string];

const KINDS: readonly Row[] = [
  ['Pod', podOf('{}')],
  ['Deployment', deployment],
  ['DaemonSet', workload('DaemonSet', 'apps/v1')],
  ['ReplicaSet', workload('ReplicaSet', 'apps/v1', '\n  replicas: 0')],
  ['StatefulSet', workload('StatefulSet', 'apps/v1', '\n  serviceName: till')],
  ['Job', workload('Job', 'batch/v1')],
  ['ReplicationController', workload('ReplicationController', 'v1')],
  ['DeploymentConfig', workload('DeploymentConfig', 'apps.openshift.io/v1')],
  ['an old apiVersion', workload('Deployment', 'extensions/v1beta1')],
  [
    'CronJob',
    `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: till}\nspec:\n  schedule: "1 * * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n          - {name: till, image: x}\n`,
  ],
  [
    'List',
    `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: b}}\n- {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: p, image: x}]}}\n`,
  ],
  [
    'ReplicationController without a template',
    'apiVersion: v1\nkind: ReplicationController\nmetadata: {name: till}\nspec: {replicas: 1}\n',
  ],
];

const READING: readonly Row[] = [
  [
    'several documents',
    `# first\n${deployment}---\n# only a comment\n---\napiVersion: v1\nkind: Service\nmetadata: {name: till}   # kept\n--- # end\n${podOf('{}')}`,
  ],
  ['other text behind the separator', `${deployment}--- apiVersion: v1\n`],
  ['empty documents first', `---\n\n---\n${podOf('{}')}`],
  ['a document without a kind', 'a: 1\n'],
  ['no YAML', 'kind: Pod\n  metadata: {\n'],
  [
    'a second document that is refused',
    `${deployment}---\n${podOf('{sidecar.istio.io/interceptionMode: x}')}---\n${deployment}`,
  ],
  [
    'words of YAML 1.1',
    podOf('{a: "yes"}', '  hostname: on\n  priority: 010\n  nodeSelector: {disk: off, size: 1_000}\n'),
  ],
  ['aliases', podOf('&a {x: "1"}', '  nodeSelector: *a\n')],
  ['the same key twice', podOf('{}', '  hostname: a\n  hostname: b\n')],
  [
    'JSON',
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","creationTimestamp":null},"spec":{"containers":[{"name":"p","image":"x"}]},"status":{"phase":"Running"}}',
  ],
  [
    'unknown and empty fields',
    podOf('{}', '  nowhere: 1\n  nodeSelector: {}\n  securityContext: {}\n  terminationGracePeriodSeconds: 0\n'),
  ],
  ['a number where a text belongs', podOf('{a: 1}', '  hostname: 12\n')],
  ['a text where a number belongs', podOf('{}', '  priority: "1"\n')],
  ['a list where an object belongs', podOf('{}', '  securityContext: []\n')],
];

const INJECTING: readonly Row[] = [
  ['host network', podOf('{}', '  hostNetwork: true\n')],
  ['switched off', podOf('{sidecar.istio.io/inject: "false"}')],
  [
    'a status port in the proxy config',
    podOf('{proxy.istio.io/config: "{statusPort: 15099, interceptionMode: TPROXY}"}'),
  ],
  ['an own policy for DNS', podOf('{}', '  dnsPolicy: Default\n')],
  ['a gateway', podOf('{inject.istio.io/templates: gateway}')],
  ['an unknown template', podOf('{inject.istio.io/templates: sideways}')],
  [
    'two refused annotations',
    podOf('{sidecar.istio.io/proxyCPU: much, traffic.sidecar.istio.io/excludeInboundPorts: x}'),
  ],
  [
    'injected before',
    podOf('{sidecar.istio.io/status: \'{"containers":["istio-proxy"]}\'}', '  - {name: istio-proxy, image: old}\n'),
  ],
];

function under(configuration: string, nativeSidecars: boolean, rows: readonly Row[]): ManifestCase[] {
  const form = nativeSidecars ? ', native' : '';
  return rows.map(([name, manifest]) => ({
    name: `${configuration}${form}: ${name}`,
    configuration,
    nativeSidecars,
    manifest,
  }));
}

/** Files for kube-inject. */
export const MANIFEST_CASES: readonly ManifestCase[] = [
  ...under('present', false, [...KINDS, ...READING, ...INJECTING]),
  ...under('present', true, [...KINDS.slice(0, 2), ...INJECTING.slice(2, 5)]),
  ...['classic', 'cni', 'tuned', 'mesh-tproxy', 'mesh-local'].flatMap((name) =>
    under(name, false, [['Deployment', deployment]]),
  ),
  ...under('lab', false, [
    ['Deployment', deployment],
    ['an alias, which it does not know', podOf('{inject.istio.io/templates: pair}')],
    ['functions', podOf('{inject.istio.io/templates: functions}')],
  ]),
];
