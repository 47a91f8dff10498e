import { ABSENT, containing, PRESENT } from './match-value';
import type { AnswerExpectation, Row, RowRequest, SendStep } from './row';

const NS = '/api/v1/namespaces/{ns}';
const APPS = '/apis/apps/v1/namespaces/{ns}';
const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };

const row = (name: string, send: RowRequest, expect: AnswerExpectation): Row => ({ name, steps: [{ send, expect }] });

const status = (code: number, reason: string, message: string, details: unknown = {}): AnswerExpectation => ({
  status: code,
  headers: { 'content-type': 'application/json' },
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code },
});
const NO_RESOURCE = status(404, 'NotFound', 'the server could not find the requested resource');
const NOT_ALLOWED = status(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
const NO_PAGE: AnswerExpectation = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: '404 page not found\n',
};
const MEDIA = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const ONLY = status(406, 'NotAcceptable', `only the following media types are accepted: ${MEDIA}`, ABSENT);
const STREAMS = 'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';

const noObject = (group: string, kind: string, name: string) =>
  status(404, 'NotFound', `${kind}${group === '' ? '' : `.${group}`} "${name}" not found`, {
    name,
    kind,
    group: group === '' ? ABSENT : group,
  });

const sent = (contentType: string, body: string): RowRequest => ({
  method: 'POST',
  path: `${NS}/configmaps`,
  contentType,
  body,
});

const POD: SendStep = {
  send: {
    method: 'POST',
    path: `${NS}/pods`,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'waiting' },
      spec: {
        schedulerName: 'nobody',
        initContainers: [{ name: 'first', image: 'busybox' }],
        containers: [
          { name: 'app', image: 'nginx' },
          { name: 'helper', image: 'busybox' },
        ],
      },
    },
  },
  expect: { status: 201 },
};

const deployment = (kind: string): SendStep => ({
  send: {
    method: 'POST',
    path: `${APPS}/${kind.toLowerCase()}s`,
    body: {
      apiVersion: 'apps/v1',
      kind,
      metadata: { name: 'web' },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'nginx' }] } },
      },
    },
  },
  expect: { status: 201 },
});

export const ERROR_ROWS: readonly Row[] = [
  row('no such page', { path: '/nope' }, NO_PAGE),
  row('no such group', { path: '/apis/no.such.group' }, NO_PAGE),
  row('no such group, asked for its objects', { path: '/apis/no.such.group/v1/namespaces/{ns}/things' }, NO_PAGE),
  row('no such check', { path: '/healthz/nope' }, NO_PAGE),
  row('two slashes', { path: '//api/v1/nodes' }, NO_PAGE),
  row('no such version of the core', { path: '/api/v2' }, NO_RESOURCE),
  row('no such version of a group', { path: '/apis/apps/v9' }, NO_RESOURCE),
  row('no such resource', { path: '/api/v1/things' }, NO_RESOURCE),
  row('no such resource in a namespace', { path: `${APPS}/things` }, NO_RESOURCE),
  row('no such subresource', { path: `${APPS}/deployments/a/nope` }, NO_RESOURCE),
  row('no scale of DaemonSets', { path: `${APPS}/daemonsets/a/scale` }, NO_RESOURCE),
  row('one level too many', { path: `${NS}/configmaps/a/b/c` }, NO_RESOURCE),
  row('Nodes are in no namespace', { path: `${NS}/nodes` }, NO_RESOURCE),
  row('Pods are in one', { path: '/api/v1/pods/a' }, NO_RESOURCE),
  row('no such Pod', { path: `${NS}/pods/a` }, noObject('', 'pods', 'a')),
  row('no such Deployment', { path: `${APPS}/deployments/a` }, noObject('apps', 'deployments', 'a')),
  row('no such Namespace', { path: '/api/v1/namespaces/no-such' }, noObject('', 'namespaces', 'no-such')),
  row(
    'a list in no such namespace is empty',
    { path: '/api/v1/namespaces/no-such/pods' },
    { status: 200, body: { items: [] } },
  ),
  row('no such object to delete', { method: 'DELETE', path: `${NS}/services/a` }, noObject('', 'services', 'a')),
  row('creating across namespaces', { method: 'POST', path: '/api/v1/configmaps', body: CONFIG_MAP }, NOT_ALLOWED),
  row('creating under a name', { method: 'POST', path: `${NS}/configmaps/a`, body: CONFIG_MAP }, NOT_ALLOWED),
  row('replacing a collection', { method: 'PUT', path: `${NS}/configmaps`, body: CONFIG_MAP }, NOT_ALLOWED),
  row(
    'patching a collection',
    { method: 'PATCH', path: `${NS}/pods`, contentType: 'application/merge-patch+json', body: {} },
    NOT_ALLOWED,
  ),
  row('deleting across namespaces', { method: 'DELETE', path: '/api/v1/pods' }, NOT_ALLOWED),
  row('deleting all Namespaces', { method: 'DELETE', path: '/api/v1/namespaces' }, NOT_ALLOWED),
  row('deleting a status', { method: 'DELETE', path: `${NS}/pods/a/status` }, NOT_ALLOWED),
  row('writing a log', { method: 'POST', path: `${NS}/pods/a/log`, body: {} }, NOT_ALLOWED),
  row('writing the version', { method: 'POST', path: '/version', body: {} }, NOT_ALLOWED),
  row('writing discovery', { method: 'POST', path: '/api', body: {} }, NOT_ALLOWED),
  row('a method that HTTP knows', { method: 'OPTIONS', path: `${NS}/pods` }, NOT_ALLOWED),
  row('a method that only WebDAV knows', { method: 'PROPFIND', path: `${NS}/pods` }, NOT_ALLOWED),
  row('the head of a list', { method: 'HEAD', path: `${NS}/pods` }, { status: 405, body: '' }),
  row(
    'a list as XML',
    { path: `${NS}/pods`, accept: 'application/xml' },
    status(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${MEDIA}, ${STREAMS}`),
  ),
  row(
    'an object as text',
    { path: `${NS}/pods/a`, accept: 'text/plain' },
    status(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${MEDIA}`),
  ),
  row('discovery as XML', { path: '/apis', accept: 'application/xml' }, ONLY),
  row(
    'a list as what nobody knows',
    { path: `${NS}/pods`, accept: 'application/json;as=Chair;v=v1;g=meta.k8s.io' },
    ONLY,
  ),
  row(
    'a table of a version to come',
    { path: `${NS}/pods`, accept: 'application/json;as=Table;v=v2;g=meta.k8s.io' },
    ONLY,
  ),
  row(
    'a table of an earlier version',
    { path: `${NS}/pods`, accept: 'application/json;as=Table;v=v1beta1;g=meta.k8s.io' },
    { status: 200, body: { kind: 'Table', apiVersion: 'meta.k8s.io/v1beta1', rows: [] } },
  ),
  row(
    'the metadata of one, of a list',
    { path: `${APPS}/deployments`, accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' },
    status(
      406,
      'NotAcceptable',
      'you requested PartialObjectMetadata, but the requested object is a list (*apps.DeploymentList)',
      ABSENT,
    ),
  ),
  row(
    'the metadata of a list, of one',
    {
      path: `${NS}/configmaps/kube-root-ca.crt`,
      accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
    },
    status(
      406,
      'NotAcceptable',
      'you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)',
      ABSENT,
    ),
  ),
  row(
    'a list as YAML',
    { path: `${NS}/pods`, accept: 'application/yaml' },
    {
      status: 200,
      headers: { 'content-type': 'application/yaml' },
      body: { kind: 'PodList', apiVersion: 'v1', items: [] },
    },
  ),
  row(
    'an error as YAML',
    { path: `${NS}/pods/a`, accept: 'application/yaml' },
    {
      status: 404,
      headers: { 'content-type': 'application/yaml' },
      body: { kind: 'Status', reason: 'NotFound', details: { name: 'a' } },
    },
  ),
  row(
    'a watch as YAML',
    { path: `${NS}/pods`, accept: 'application/yaml', query: { watch: true } },
    {
      status: 406,
      headers: { 'content-type': 'application/yaml' },
      body: { message: `only the following media types are accepted: ${STREAMS}`, reason: 'NotAcceptable' },
    },
  ),
  row(
    'what is wanted most comes first',
    { path: `${NS}/pods`, accept: 'application/yaml;q=0.5,application/json;q=0.9' },
    { status: 200, headers: { 'content-type': 'application/json' }, body: { kind: 'PodList' } },
  ),
  ...['text/plain', 'application/xml'].map((type) =>
    row(
      `a body as ${type}`,
      sent(type, '<a/>'),
      status(
        415,
        'UnsupportedMediaType',
        `the body of the request was in an unknown format - accepted media types include: ${MEDIA}`,
        ABSENT,
      ),
    ),
  ),
  row(
    'a patch of no known type',
    { method: 'PATCH', path: `${NS}/configmaps/a`, contentType: 'application/json', body: {} },
    status(415, 'UnsupportedMediaType', '415: Unsupported Media Type'),
  ),
  row(
    'half a body',
    sent('application/json', '{'),
    status(
      400,
      'BadRequest',
      "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({)",
      ABSENT,
    ),
  ),
  row(
    'no body',
    sent('application/json', ''),
    status(
      400,
      'BadRequest',
      "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)",
      ABSENT,
    ),
  ),
  row(
    'a body of another kind',
    sent('application/json', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } })),
    status(
      400,
      'BadRequest',
      'Pod in version "v1" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion',
      ABSENT,
    ),
  ),
  row(
    'nothing named',
    sent('application/json', 'null'),
    status(422, 'Invalid', 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required', {
      name: ABSENT,
      kind: 'ConfigMap',
      causes: [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: name or generateName is required',
          field: 'metadata.name',
        },
      ],
    }),
  ),
];

const listsResource = (path: string, name: string, expected: unknown): Row =>
  row(
    `discovery: ${name} in ${path}`,
    { path },
    {
      status: 200,
      body: { kind: 'APIResourceList', groupVersion: path.replace(/^\/apis?\//, ''), resources: containing(expected) },
    },
  );

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export const DISCOVERY_ROWS: readonly Row[] = [
  row(
    'discovery: versions of the core',
    { path: '/api' },
    { status: 200, body: { kind: 'APIVersions', versions: ['v1'] } },
  ),
  row(
    'discovery: groups',
    { path: '/apis' },
    {
      status: 200,
      body: {
        kind: 'APIGroupList',
        groups: containing({
          name: 'apps',
          versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
          preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
        }),
      },
    },
  ),
  row(
    'discovery: one group',
    { path: '/apis/batch' },
    {
      status: 200,
      body: { kind: 'APIGroup', apiVersion: 'v1', name: 'batch', preferredVersion: { version: 'v1' } },
    },
  ),
  listsResource('/api/v1', 'pods', {
    name: 'pods',
    singularName: 'pod',
    namespaced: true,
    kind: 'Pod',
    verbs: ALL_VERBS,
    shortNames: ['po'],
    categories: ['all'],
    storageVersionHash: 'xPOwRZ+Yhw8=',
  }),
  listsResource('/api/v1', 'namespaces', {
    name: 'namespaces',
    namespaced: false,
    verbs: ALL_VERBS.filter((verb) => verb !== 'deletecollection'),
    shortNames: ['ns'],
  }),
  listsResource('/api/v1', 'pods/log', {
    name: 'pods/log',
    singularName: '',
    namespaced: true,
    kind: 'Pod',
    verbs: ['get'],
  }),
  listsResource('/apis/apps/v1', 'deployments/scale', {
    name: 'deployments/scale',
    group: 'autoscaling',
    version: 'v1',
    kind: 'Scale',
    verbs: ['get', 'patch', 'update'],
  }),
  ...[
    'batch/v1',
    'autoscaling/v2',
    'policy/v1',
    'rbac.authorization.k8s.io/v1',
    'coordination.k8s.io/v1',
    'discovery.k8s.io/v1',
    'apiextensions.k8s.io/v1',
    'admissionregistration.k8s.io/v1',
  ].map((version) =>
    row(
      `discovery: all of ${version}`,
      { path: `/apis/${version}` },
      {
        status: 200,
        body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources: PRESENT },
      },
    ),
  ),
  listsResource('/apis/authorization.k8s.io/v1', 'reviews', {
    name: 'localsubjectaccessreviews',
    namespaced: true,
    kind: 'LocalSubjectAccessReview',
    verbs: ['create'],
    storageVersionHash: ABSENT,
  }),
  row(
    'discovery: all of the core at once',
    { path: '/api', accept: `${AGGREGATED},application/json` },
    {
      status: 200,
      headers: { 'content-type': AGGREGATED },
      body: {
        kind: 'APIGroupDiscoveryList',
        apiVersion: 'apidiscovery.k8s.io/v2',
        items: [
          {
            metadata: { name: ABSENT },
            versions: [
              {
                version: 'v1',
                freshness: 'Current',
                resources: containing({
                  resource: 'pods',
                  responseKind: { group: '', version: '', kind: 'Pod' },
                  scope: 'Namespaced',
                  singularResource: 'pod',
                  verbs: ALL_VERBS,
                  subresources: containing({ subresource: 'status', verbs: ['get', 'patch', 'update'] }),
                }),
              },
            ],
          },
        ],
      },
    },
  ),
  row(
    'discovery: all groups at once',
    { path: '/apis', accept: AGGREGATED },
    {
      status: 200,
      headers: { 'content-type': AGGREGATED },
      body: { items: containing({ metadata: { name: 'apps' } }, { metadata: { name: 'batch' } }) },
    },
  ),
  row(
    'discovery: an aggregated version that is gone falls back to what is accepted as well',
    { path: '/api', accept: `${AGGREGATED.replace('v=v2', 'v=v2beta1')},application/json` },
    { status: 200, headers: { 'content-type': 'application/json' }, body: { kind: 'APIVersions' } },
  ),
  row(
    'discovery: an aggregated version that nobody knows',
    { path: '/apis', accept: AGGREGATED.replace('v=v2', 'v=v9') },
    ONLY,
  ),
  row(
    'discovery: as YAML',
    { path: '/apis/policy', accept: 'application/yaml' },
    {
      status: 200,
      headers: { 'content-type': 'application/yaml' },
      body: { kind: 'APIGroup', name: 'policy' },
    },
  ),
  row(
    'version: its shape',
    { path: '/version' },
    {
      status: 200,
      body: {
        major: '1',
        minor: '36',
        emulationMajor: '1',
        emulationMinor: '36',
        minCompatibilityMajor: '1',
        minCompatibilityMinor: '35',
        gitVersion: /^v1\.36\./,
        gitCommit: PRESENT,
        gitTreeState: PRESENT,
        buildDate: PRESENT,
        goVersion: PRESENT,
        compiler: PRESENT,
        platform: /^linux\//,
      },
    },
  ),
  ...['/healthz', '/livez', '/readyz', '/readyz/ping'].map((path) =>
    row(
      `health: ${path}`,
      { path },
      { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'ok' },
    ),
  ),
];

export const SUBRESOURCE_ROWS: readonly Row[] = [
  {
    name: 'subresource: the status of a Pod is the Pod',
    steps: [
      POD,
      {
        send: { path: `${NS}/pods/waiting/status` },
        expect: { status: 200, body: { kind: 'Pod', spec: PRESENT, status: { phase: 'Pending' } } },
      },
    ],
  },
  {
    name: 'subresource: the status of a Namespace',
    steps: [
      {
        send: { path: `${NS}/status` },
        expect: { status: 200, body: { kind: 'Namespace', status: { phase: 'Active' } } },
      },
    ],
  },
  ...['Deployment', 'StatefulSet', 'ReplicaSet'].map(
    (kind): Row => ({
      name: `subresource: the scale of a ${kind}`,
      steps: [
        deployment(kind),
        {
          send: { path: `${APPS}/${kind.toLowerCase()}s/web/scale` },
          expect: {
            status: 200,
            body: {
              kind: 'Scale',
              apiVersion: 'autoscaling/v1',
              metadata: { name: 'web', namespace: '{ns}', uid: PRESENT, resourceVersion: PRESENT },
              spec: { replicas: ABSENT },
              status: { replicas: 0, selector: 'app=web' },
            },
          },
        },
      ],
    }),
  ),
  row(
    'subresource: the scale of nothing',
    { path: `${APPS}/deployments/a/scale` },
    noObject('apps', 'deployments', 'a'),
  ),
  row(
    'subresource: the status of nothing',
    { path: `${APPS}/deployments/a/status` },
    noObject('apps', 'deployments', 'a'),
  ),
  row('subresource: the log of nothing', { path: `${NS}/pods/a/log` }, noObject('', 'pods', 'a')),
  {
    name: 'subresource: a log wants a container named when there are several',
    steps: [
      POD,
      {
        send: { path: `${NS}/pods/waiting/log` },
        expect: status(
          400,
          'BadRequest',
          'a container name must be specified for pod waiting, choose one of: [first app helper]',
          ABSENT,
        ),
      },
    ],
  },
  {
    name: 'subresource: the log of a container that the pod does not have',
    steps: [
      POD,
      {
        send: { path: `${NS}/pods/waiting/log`, query: { container: 'other' } },
        expect: status(400, 'BadRequest', 'container other is not valid for pod waiting', ABSENT),
      },
    ],
  },
  {
    name: 'subresource: the log of a pod without a node',
    steps: [
      POD,
      {
        send: { path: `${NS}/pods/waiting/log`, query: { container: 'app' } },
        expect: { status: 204, headers: { 'content-type': ABSENT }, body: '' },
      },
    ],
  },
  ...(
    [
      ['tailLines below 0', { tailLines: -1 }, 'tailLines', 'Invalid value: -1: must be greater than or equal to 0'],
      ['sinceSeconds 0', { sinceSeconds: 0 }, 'sinceSeconds', 'Invalid value: 0: must be greater than 0'],
      ['limitBytes 0', { limitBytes: 0 }, 'limitBytes', 'Invalid value: 0: must be greater than 0'],
      [
        'two beginnings',
        { sinceSeconds: 1, sinceTime: '2026-01-01T00:00:00Z' },
        '[]',
        'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
      ],
    ] as const
  ).map(([name, query, field, message]) =>
    row(
      `subresource: a log with ${name}`,
      { path: `${NS}/pods/any/log`, query },
      status(422, 'Invalid', `PodLogOptions "any" is invalid: ${field}: ${message}`, {
        name: 'any',
        kind: 'PodLogOptions',
        causes: [{ reason: message.startsWith('F') ? 'FieldValueForbidden' : 'FieldValueInvalid', message, field }],
      }),
    ),
  ),
  row(
    'subresource: a log with tailLines that are no number',
    { path: `${NS}/pods/any/log`, query: { tailLines: 'x' } },
    status(400, 'BadRequest', 'strconv.ParseInt: parsing "x": invalid syntax', ABSENT),
  ),
];
