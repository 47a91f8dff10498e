import { ABSENT, PRESENT } from './match-value';
import type { AnswerExpectation, Row } from './row';
import {
  apps,
  batch,
  configMap,
  core,
  cronJob,
  deployment,
  job,
  podSpec,
  rbac,
  restingPod,
  service,
  statefulSet,
} from './write-objects';
import {
  alreadyExists,
  bad,
  badRequest,
  forbids,
  get,
  invalid,
  lacks,
  makes,
  misses,
  notFound,
  own,
  type Problem,
  post,
  refused,
  repeats,
  unknown,
} from './write-steps';

type Json = Readonly<Record<string, unknown>>;

const MAPS = core('configmaps');
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN_RULE = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${LABEL}(\\.${LABEL})*')`;
const LABEL_RULE = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`;
const QUALIFIED =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

const refuses = (name: string, path: string, body: unknown, expect: AnswerExpectation): Row => ({
  name: `create: ${name}`,
  steps: [post(path, body, expect)],
});

/** A ConfigMap that is refused for its metadata. */
const refusesMap = (name: string, object: { metadata: { name?: string } }, ...problems: readonly Problem[]): Row => {
  const given = object.metadata.name;
  const subject = given === undefined || given === '' ? { kind: 'ConfigMap' } : { kind: 'ConfigMap', name: given };
  return refuses(name, MAPS, object, invalid(subject, ...problems));
};

const IDENTITY_ROWS: readonly Row[] = [
  {
    name: 'create: a name that is taken',
    steps: [post(MAPS, configMap('m')), post(MAPS, configMap('m'), alreadyExists({ kind: 'configmaps', name: 'm' }))],
  },
  {
    name: 'create: a generated name',
    steps: [
      post(
        MAPS,
        configMap('', {}, { name: undefined, generateName: 'made-' }),
        makes({
          metadata: { name: /^made-[bcdfghjklmnpqrstvwxz2456789]{5}$/, generateName: 'made-' },
        }),
      ),
      post(
        MAPS,
        configMap('named', {}, { generateName: 'made-' }),
        makes({ metadata: { name: 'named', generateName: 'made-' } }),
      ),
      // How the random end is masked depends on what stands before it, which here is cut.
      own(
        post(
          MAPS,
          configMap('', {}, { generateName: `${'x'.repeat(70)}-` }),
          makes({ metadata: { name: /^x{58}.{5}$/ } }),
        ),
      ),
    ],
  },
  refusesMap('no name at all', { metadata: {} }, lacks('metadata.name', 'name or generateName is required')),
  refusesMap('an empty object', configMap(''), lacks('metadata.name', 'name or generateName is required')),
  refuses(
    'in a namespace that is not there',
    '/api/v1/namespaces/{ns}-none/configmaps',
    configMap('m'),
    notFound({ kind: 'namespaces', name: '{ns}-none' }),
  ),
  refuses(
    'in another namespace than the address',
    MAPS,
    configMap('m', {}, { namespace: 'default' }),
    badRequest('the namespace of the provided object does not match the namespace sent on the request'),
  ),
  refuses(
    'another kind than the address',
    MAPS,
    { ...configMap('m', {}), kind: 'Secret' },
    badRequest(
      'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
    ),
  ),
  refuses(
    'a kind that nobody knows',
    MAPS,
    { ...configMap('m'), kind: 'Nonsense' },
    badRequest(
      'Nonsense in version "v1" cannot be handled as a ConfigMap: no kind "Nonsense" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
    ),
  ),
  refuses(
    'a version that nobody serves',
    apps('deployments'),
    { ...deployment('web'), apiVersion: 'apps/v2' },
    badRequest(
      'Deployment in version "v2" cannot be handled as a Deployment: no kind "Deployment" is registered for version "apps/v2" in scheme "pkg/runtime/scheme.go:111"',
    ),
  ),
  {
    name: 'create: without kind and version',
    steps: [post(MAPS, { metadata: { name: 'm' } }, makes({ kind: 'ConfigMap', apiVersion: 'v1' }))],
  },
  refuses(
    'with a version',
    MAPS,
    configMap('m', {}, { resourceVersion: '1' }),
    refused(500, '', 'resourceVersion should not be set on objects to be created', { details: ABSENT }),
  ),
  {
    name: 'create: what the server sets itself is overwritten',
    steps: [
      post(
        MAPS,
        configMap(
          'm',
          {},
          {
            uid: 'mine',
            creationTimestamp: '2020-01-01T00:00:00Z',
            deletionTimestamp: '2020-01-01T00:00:00Z',
            selfLink: '/x',
          },
        ),
        makes({ metadata: { uid: /^[0-9a-f-]{36}$/, deletionTimestamp: ABSENT, selfLink: ABSENT } }),
      ),
    ],
  },
  {
    name: 'create: with an address of an object, or without a namespace',
    steps: [
      post(
        core('configmaps', 'm'),
        configMap('m'),
        refused(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {
          details: {},
        }),
      ),
      post(
        '/api/v1/configmaps',
        configMap('m'),
        refused(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {
          details: {},
        }),
      ),
    ],
  },
];

const BODY = (why: string) =>
  badRequest(
    `the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: ${why}`,
  );
const TYPE_META =
  'json: cannot unmarshal %s into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
const handled = (kind: string, why: string) =>
  badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: ${why}`);
const typeError = (name: string, path: string, body: unknown, kind: string, why: string): Row =>
  refuses(name, path, body, handled(kind, why));
const web = (spec: Json, container?: Json) => deployment('web', spec, container);
const WEBS = apps('deployments');

const TYPE_ROWS: readonly Row[] = [
  refuses('no body', MAPS, '', BODY('unexpected end of JSON input (<empty>)')),
  refuses('half an object', MAPS, '{"kind":', BODY('unexpected end of JSON input ({"kind":)')),
  refuses('a list', MAPS, '[]', BODY(`${TYPE_META.replace('%s', 'array')} (5b5d)`)),
  refuses('a text', MAPS, '"x"', BODY(`${TYPE_META.replace('%s', 'string')} (227822)`)),
  typeError(
    'a number for a text',
    MAPS,
    { ...configMap('m'), data: { a: 1 } },
    'ConfigMap',
    'json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
  ),
  typeError(
    'a list for a map',
    MAPS,
    { ...configMap('m'), data: [] },
    'ConfigMap',
    'json: cannot unmarshal array into Go struct field ConfigMap.data of type map[string]string',
  ),
  typeError(
    'a text for a number',
    WEBS,
    web({ replicas: 'two' }),
    'Deployment',
    'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
  ),
  typeError(
    'a fraction for a number',
    WEBS,
    web({ replicas: 1.5 }),
    'Deployment',
    'json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
  ),
  typeError(
    'a text for a boolean',
    WEBS,
    web({ paused: 'yes' }),
    'Deployment',
    'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.paused of type bool',
  ),
  typeError(
    'a text for a list',
    WEBS,
    web({}, { ports: 'x' }),
    'Deployment',
    'json: cannot unmarshal string into Go struct field Container.spec.template.spec.containers.ports of type []v1.ContainerPort',
  ),
  typeError(
    'a number for an object',
    WEBS,
    web({}, { livenessProbe: 5 }),
    'Deployment',
    'json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.livenessProbe of type v1.Probe',
  ),
  typeError(
    'a word for a quantity',
    WEBS,
    web({}, { resources: { limits: { cpu: 'lots' } } }),
    'Deployment',
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ),
  typeError(
    'plain text for the data of a secret',
    core('secrets'),
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'no base64' } },
    'Secret',
    'illegal base64 data at input byte 2',
  ),
];

const METADATA_ROWS: readonly Row[] = [
  refusesMap(
    'a bad name, label and annotation',
    configMap('Bad_Name', {}, { labels: { ok: 'bad value!' }, annotations: { 'bad key': 'x' } }),
    bad('metadata.name', 'Bad_Name', SUBDOMAIN_RULE),
    bad('metadata.labels', 'bad value!', VALUE_RULE),
    bad('metadata.annotations', 'bad key', `name part ${QUALIFIED}`),
  ),
  refusesMap(
    'a name that is too long',
    configMap('x'.repeat(254)),
    bad('metadata.name', 'x'.repeat(254), 'must be no more than 253 characters'),
  ),
  refusesMap(
    'a label key of three parts',
    configMap('m', {}, { labels: { 'a/b/c': 'x' } }),
    bad(
      'metadata.labels',
      'a/b/c',
      `a valid label key ${QUALIFIED} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ),
  ),
  refusesMap(
    'a label key without a prefix before its slash',
    configMap('m', {}, { labels: { '/x': 'x' } }),
    bad('metadata.labels', '/x', 'prefix part must be non-empty'),
  ),
  refusesMap(
    'a label key whose prefix is no domain',
    configMap('m', {}, { labels: { 'UP/x': 'x' } }),
    bad('metadata.labels', 'UP/x', `prefix part ${SUBDOMAIN_RULE}`),
  ),
  refusesMap(
    'a label key and value that are too long',
    configMap('m', {}, { labels: { ['k'.repeat(64)]: 'v'.repeat(64) } }),
    bad('metadata.labels', 'k'.repeat(64), 'name part must be no more than 63 bytes'),
    bad('metadata.labels', 'v'.repeat(64), 'must be no more than 63 bytes'),
  ),
  refusesMap(
    'finalizers without a domain',
    configMap('m', {}, { finalizers: ['unqualified', 'example.com/fine'] }),
    bad('metadata.finalizers[0]', 'unqualified', 'name is neither a standard finalizer name nor is it fully qualified'),
  ),
  refusesMap(
    'an owner without a uid',
    configMap('m', {}, { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: '' }] }),
    bad('metadata.ownerReferences.uid', '', 'must not be empty'),
  ),
  refusesMap(
    'an owner that is only a kind',
    configMap('m', {}, { ownerReferences: [{ kind: 'ConfigMap' }] }),
    bad('metadata.ownerReferences.apiVersion', '', 'version must not be empty'),
    bad('metadata.ownerReferences.name', '', 'must not be empty'),
    bad('metadata.ownerReferences.uid', '', 'must not be empty'),
  ),
  refusesMap(
    'a key that no file can have',
    { ...configMap('m', { 'bad key!': 'x' }) },
    bad(
      'data[bad key!]',
      'bad key!',
      "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ),
  ),
  refuses(
    'a namespace with a capital',
    '/api/v1/namespaces',
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'Bad' } },
    invalid({ kind: 'Namespace', name: 'Bad' }, bad('metadata.name', 'Bad', LABEL_RULE)),
  ),
];

const refusesPod = (name: string, spec: Json, ...problems: readonly Problem[]): Row =>
  refuses(`pod: ${name}`, core('pods'), restingPod('p', spec), invalid({ kind: 'Pod', name: 'p' }, ...problems));
const refusesWeb = (name: string, spec: Json, ...problems: readonly Problem[]): Row =>
  refuses(
    `deployment: ${name}`,
    WEBS,
    web(spec),
    invalid({ group: 'apps', kind: 'Deployment', name: 'web' }, ...problems),
  );
const PORT_RANGE = 'must be between 1 and 65535, inclusive';

const WORKLOAD_ROWS: readonly Row[] = [
  refusesPod('without containers', {}, lacks('spec.containers')),
  refusesPod(
    'names, images, policies',
    {
      containers: [{ name: 'A_b' }, { name: 'x', image: 'x' }, { name: 'x', image: ' y' }],
      volumes: [{ name: 'v' }, { name: 'v', emptyDir: {} }],
      restartPolicy: 'Perhaps',
      dnsPolicy: 'None',
    },
    repeats('spec.volumes[1].name', 'v'),
    bad('spec.containers[0].name', 'A_b', LABEL_RULE),
    lacks('spec.containers[0].image'),
    repeats('spec.containers[2].name', 'x'),
    unknown('spec.restartPolicy', 'Perhaps', 'Always', 'OnFailure', 'Never'),
    lacks('spec.dnsConfig', 'must provide `dnsConfig` when `dnsPolicy` is None'),
    bad('spec.containers[2].image', ' y', 'must not have leading or trailing whitespace'),
  ),
  refusesPod(
    'ports, variables, mounts, resources and probes of a container',
    {
      containers: [
        {
          name: 'a',
          image: 'x',
          ports: [
            { containerPort: 0 },
            { containerPort: 80, name: 'UPPER' },
            { containerPort: 80, name: 'a-very-long-port-name', protocol: 'ICMP' },
          ],
          env: [{ name: '' }, { name: 'a=b' }],
          volumeMounts: [
            { name: 'none', mountPath: '/x' },
            { name: 'v', mountPath: '' },
          ],
          imagePullPolicy: 'Sometimes',
          resources: { requests: { cpu: '2' }, limits: { cpu: '1' } },
          livenessProbe: { httpGet: { path: '/', port: 0 } },
          lifecycle: { preStop: {} },
        },
      ],
      volumes: [{ name: 'v', emptyDir: {} }],
    },
    lacks('spec.containers[0].ports[0].containerPort'),
    bad(
      'spec.containers[0].ports[1].name',
      'UPPER',
      'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    ),
    bad('spec.containers[0].ports[1].name', 'UPPER', 'must contain at least one letter (a-z)'),
    bad('spec.containers[0].ports[2].name', 'a-very-long-port-name', 'must be no more than 15 characters'),
    unknown('spec.containers[0].ports[2].protocol', 'ICMP', 'SCTP', 'TCP', 'UDP'),
    lacks('spec.containers[0].env[0].name'),
    bad(
      'spec.containers[0].env[1].name',
      'a=b',
      "a valid environment variable name must consist only of printable ASCII characters other than '='",
    ),
    misses('spec.containers[0].volumeMounts[0].name', 'none'),
    lacks('spec.containers[0].volumeMounts[1].mountPath'),
    unknown('spec.containers[0].imagePullPolicy', 'Sometimes', 'Always', 'IfNotPresent', 'Never'),
    bad('spec.containers[0].resources.requests', '2', 'must be less than or equal to cpu limit of 1'),
    lacks('spec.containers[0].lifecycle.preStop', 'must specify a handler type'),
    bad('spec.containers[0].livenessProbe.httpGet.port', 0, PORT_RANGE),
  ),
  refusesPod(
    'a probe of an init container that ends',
    { ...podSpec(), initContainers: [{ name: 'i', image: 'x', readinessProbe: { tcpSocket: { port: 1 } } }] },
    forbids('spec.initContainers[0].readinessProbe', 'may not be set for init containers without restartPolicy=Always'),
  ),
  refuses(
    'pod: an account that is not there',
    core('pods'),
    restingPod('p', podSpec({}, { serviceAccountName: 'none' })),
    refused(
      403,
      'Forbidden',
      'pods "p" is forbidden: error looking up service account {ns}/none: serviceaccount "none" not found',
    ),
  ),
  refusesWeb(
    'a selector that misses its template',
    { selector: { matchLabels: { app: 'other' } } },
    bad('spec.template.metadata.labels', { app: 'web' }, '`selector` does not match template `labels`'),
  ),
  refusesWeb(
    'an empty selector',
    { selector: {} },
    bad('spec.selector', {}, 'empty selector is invalid for deployment'),
  ),
  refuses(
    'deployment: nothing but a name',
    WEBS,
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
    invalid(
      { group: 'apps', kind: 'Deployment', name: 'web' },
      lacks('spec.selector'),
      bad('spec.template.metadata.labels', null, '`selector` does not match template `labels`'),
      lacks('spec.template.spec.containers'),
    ),
  ),
  refusesWeb(
    'numbers below zero and an unknown strategy',
    { replicas: -1, minReadySeconds: -1, revisionHistoryLimit: -2, strategy: { type: 'Odd' } },
    bad('spec.replicas', -1, 'must be greater than or equal to 0'),
    unknown('spec.strategy', { Type: 'Odd', RollingUpdate: null }, 'Recreate', 'RollingUpdate'),
    bad('spec.minReadySeconds', -1, 'must be greater than or equal to 0'),
    bad('spec.revisionHistoryLimit', -2, 'must be greater than or equal to 0'),
  ),
  refusesWeb(
    'a rollout that could not move',
    { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
    bad('spec.strategy.rollingUpdate.maxUnavailable', 0, 'may not be 0 when `maxSurge` is 0'),
  ),
  refusesWeb(
    'shares that are none',
    { strategy: { rollingUpdate: { maxSurge: 'x%', maxUnavailable: '200%' } } },
    bad(
      'spec.strategy.rollingUpdate.maxSurge',
      'x%',
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
    ),
    bad('spec.strategy.rollingUpdate.maxUnavailable', '200%', 'must not be greater than 100%'),
  ),
  refusesWeb(
    'a template that does not restart',
    { template: { metadata: { labels: { app: 'web' } }, spec: podSpec({}, { restartPolicy: 'Never' }) } },
    unknown('spec.template.spec.restartPolicy', 'Never', 'Always'),
  ),
  refuses(
    'job: that restarts for ever',
    batch('jobs'),
    job('j', {}, podSpec({}, { restartPolicy: 'Always' })),
    invalid(
      { group: 'batch', kind: 'Job', name: 'j' },
      lacks('spec.template.spec.restartPolicy', 'valid values: "OnFailure", "Never"'),
    ),
  ),
  refuses(
    'job: numbers below zero',
    batch('jobs'),
    job('j', { completions: -1, parallelism: -2, backoffLimit: -3 }),
    invalid(
      { group: 'batch', kind: 'Job', name: 'j' },
      bad('spec.parallelism', -2, 'must be greater than or equal to 0'),
      bad('spec.completions', -1, 'must be greater than or equal to 0'),
      bad('spec.backoffLimit', -3, 'must be greater than or equal to 0'),
    ),
  ),
  refuses(
    'cron job: a schedule that is none',
    batch('cronjobs'),
    cronJob('c', {}, { schedule: 'often' }),
    invalid(
      { group: 'batch', kind: 'CronJob', name: 'c' },
      bad('spec.schedule', 'often', 'expected exactly 5 fields, found 1: [often]'),
    ),
  ),
  refuses(
    'cron job: too long a name, an unknown policy',
    batch('cronjobs'),
    cronJob('c'.repeat(53), {}, { concurrencyPolicy: 'Odd' }),
    invalid(
      { group: 'batch', kind: 'CronJob', name: 'c'.repeat(53) },
      unknown('spec.concurrencyPolicy', 'Odd', 'Allow', 'Forbid', 'Replace'),
      bad('metadata.name', 'c'.repeat(53), 'must be no more than 52 characters'),
    ),
  ),
  refuses(
    'stateful set: unknown policies',
    apps('statefulsets'),
    {
      ...statefulSet('s', 1),
      spec: { ...statefulSet('s', 1).spec, podManagementPolicy: 'Odd', updateStrategy: { type: 'Odd' } },
    },
    invalid(
      { group: 'apps', kind: 'StatefulSet', name: 's' },
      bad('spec.podManagementPolicy', 'Odd', "must be 'OrderedReady' or 'Parallel'"),
      bad('spec.updateStrategy', { Type: 'Odd', RollingUpdate: null }, "must be 'RollingUpdate' or 'OnDelete'"),
    ),
  ),
  refuses(
    'service: ports out of range, without names',
    core('services'),
    service('s', { ports: [{ port: 0 }, { port: 99_999, protocol: 'X' }] }),
    invalid(
      { kind: 'Service', name: 's' },
      lacks('spec.ports[0].name'),
      bad('spec.ports[0].port', 0, PORT_RANGE),
      bad('spec.ports[0].targetPort', 0, PORT_RANGE),
      lacks('spec.ports[1].name'),
      bad('spec.ports[1].port', 99_999, PORT_RANGE),
      unknown('spec.ports[1].protocol', 'X', 'SCTP', 'TCP', 'UDP'),
      bad('spec.ports[1].targetPort', 99_999, PORT_RANGE),
    ),
  ),
];

const defaults = (name: string, path: string, body: unknown, made: Json): Row => ({
  name: `defaults: ${name}`,
  steps: [post(path, body, makes(made))],
});

const DEFAULT_ROWS: readonly Row[] = [
  defaults('a service', core('services'), service('s', { selector: { a: 'b' }, ports: [{ port: 80 }] }), {
    spec: {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
      ports: [{ protocol: 'TCP', targetPort: 80 }],
      clusterIP: PRESENT,
    },
    status: { loadBalancer: {} },
  }),
  defaults(
    'a service without a cluster IP',
    core('services'),
    service('s', { clusterIP: 'None', ports: [{ port: 80 }] }),
    {
      spec: {
        clusterIP: 'None',
        clusterIPs: ['None'],
        ipFamilies: ['IPv4', 'IPv6'],
        ipFamilyPolicy: 'RequireDualStack',
      },
    },
  ),
  defaults(
    'a service by another name',
    core('services'),
    service('s', { type: 'ExternalName', externalName: 'example.com' }),
    {
      spec: { sessionAffinity: 'None', clusterIP: ABSENT, internalTrafficPolicy: ABSENT },
    },
  ),
  defaults(
    'a service that remembers its clients',
    core('services'),
    service('s', { sessionAffinity: 'ClientIP', ports: [{ port: 80 }] }),
    {
      spec: { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } } },
    },
  ),
  defaults(
    'a pod',
    core('pods'),
    restingPod('p', {
      containers: [
        {
          name: 'a',
          image: 'x',
          ports: [{ containerPort: 1 }],
          env: [{ name: 'P', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
          livenessProbe: { httpGet: { port: 1 } },
          startupProbe: { grpc: { port: 1 } },
          lifecycle: { preStop: { httpGet: { port: 1 } } },
          resources: { limits: { cpu: '1000m', memory: '1024Mi' } },
          securityContext: {},
        },
        { name: 'b', image: 'x:latest' },
        { name: 'c', image: 'registry:5000/x:1' },
      ],
      initContainers: [{ name: 'i', image: 'x:1', restartPolicy: 'Always' }],
      volumes: [
        { name: 'c', configMap: { name: 'x' } },
        { name: 's', secret: { secretName: 'x' } },
        { name: 'n' },
        { name: 'd', downwardAPI: { items: [{ path: 'l', fieldRef: { fieldPath: 'metadata.labels' } }] } },
        { name: 'h', hostPath: { path: '/x' } },
      ],
    }),
    {
      metadata: { generation: 1 },
      spec: {
        restartPolicy: 'Always',
        dnsPolicy: 'ClusterFirst',
        enableServiceLinks: true,
        terminationGracePeriodSeconds: 30,
        serviceAccountName: 'default',
        priority: 0,
        preemptionPolicy: 'PreemptLowerPriority',
        securityContext: {},
        tolerations: [{ key: 'node.kubernetes.io/not-ready' }, { key: 'node.kubernetes.io/unreachable' }],
      },
      status: { phase: 'Pending', qosClass: 'Burstable' },
    },
  ),
  defaults('a job', batch('jobs'), job('j', { suspend: true }), {
    metadata: { labels: { 'job-name': 'j' } },
    spec: {
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      podReplacementPolicy: 'TerminatingOrFailed',
      selector: { matchLabels: PRESENT },
    },
    status: {},
  }),
  defaults('a job that is a work queue', batch('jobs'), job('j', { suspend: true, parallelism: 3 }), {
    spec: { parallelism: 3, completions: ABSENT },
  }),
  defaults('a cron job', batch('cronjobs'), cronJob('c'), {
    spec: {
      concurrencyPolicy: 'Allow',
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: { metadata: {} },
    },
    status: {},
  }),
  defaults('a deployment', WEBS, web({ strategy: { type: 'Recreate' } }), {
    metadata: { generation: 1 },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'Recreate', rollingUpdate: ABSENT },
    },
    status: {},
  }),
  defaults('a stateful set', apps('statefulsets'), statefulSet('s', 0), {
    spec: {
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    },
    status: { replicas: 0, availableReplicas: 0 },
  }),
  defaults(
    'a daemon set',
    apps('daemonsets'),
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'd' },
      spec: {
        selector: { matchLabels: { app: 'd' } },
        template: { metadata: { labels: { app: 'd' } }, spec: podSpec({}, { nodeSelector: { none: 'such' } }) },
      },
    },
    {
      metadata: { annotations: { 'deprecated.daemonset.template.generation': '1' } },
      spec: { updateStrategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } }, revisionHistoryLimit: 10 },
      status: { desiredNumberScheduled: 0, numberReady: 0 },
    },
  ),
  defaults(
    'a secret in plain text',
    core('secrets'),
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { a: 'b' }, data: { c: 'ZA==' } },
    {
      data: { a: 'Yg==', c: 'ZA==' },
      stringData: ABSENT,
      type: 'Opaque',
    },
  ),
  defaults(
    'a role without rules',
    rbac('roles'),
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'r' } },
    { rules: null },
  ),
  {
    name: 'defaults: quantities are written in one way',
    steps: [
      post(
        core('pods'),
        restingPod(
          'p',
          podSpec({ resources: { requests: { cpu: '0.5', memory: 1_000_000 }, limits: { cpu: 2, memory: '0.5Gi' } } }),
        ),
        makes({
          spec: {
            containers: [
              { resources: { requests: { cpu: '500m', memory: '1M' }, limits: { cpu: '2', memory: '512Mi' } } },
            ],
          },
        }),
      ),
      get(core('pods', 'p')),
    ],
  },
];

export const CREATE_ROWS: readonly Row[] = [
  ...IDENTITY_ROWS,
  ...TYPE_ROWS,
  ...METADATA_ROWS,
  ...WORKLOAD_ROWS,
  ...DEFAULT_ROWS,
];
