import { PRESENT } from './match-value';
import type { Row, SendStep } from './row';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const METADATA = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
const METADATA_LIST = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

const core = (plural: string) => `/api/v1/namespaces/{ns}/${plural}`;
const inGroup = (group: string, plural: string) => `/apis/${group}/namespaces/{ns}/${plural}`;

const AGE = /^\d+s$/;
const labels = { app: 'web' };
const metadata = { name: 'web', labels };
const containers = [
  { name: 'app', image: 'nginx:1.18.0', ports: [{ containerPort: 80 }] },
  { name: 'helper', image: 'busybox:1.36' },
];
const CONTAINERS = ['app,helper', 'nginx:1.18.0,busybox:1.36'];
const template = { metadata: { labels }, spec: { containers } };

const create = (path: string, body: unknown): SendStep => ({
  send: { method: 'POST', path, body },
  expect: { status: 201 },
});

/** The table of what carries the label: the headings, with `*` where only wide output shows them, and the rows. */
const prints = (path: string, headings: string, rows: readonly (readonly unknown[])[]): SendStep => ({
  send: { path, accept: TABLE, query: { labelSelector: 'app=web', includeObject: 'None' } },
  isEventual: true,
  expect: {
    status: 200,
    body: {
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      columnDefinitions: headings.split(' | ').map((text) => ({
        name: text.replace('*', ''),
        priority: text.endsWith('*') ? 1 : 0,
        format: text === 'Name' || text === 'Name*' ? 'name' : '',
      })),
      rows: rows.map((cells) => ({ cells, object: null })),
    },
  },
});

const table = (name: string, ...steps: readonly SendStep[]): Row => ({ name: `table: ${name}`, steps });

const workload = (kind: string, spec: Readonly<Record<string, unknown>>) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata,
  spec: { selector: { matchLabels: labels }, template, ...spec },
});
const jobSpec = { template: { spec: { containers, restartPolicy: 'Never' } } };

const SERVICE = 'Name | Type | Cluster-IP | External-IP | Port(s) | Age | Selector*';
const service = (name: string, spec: unknown, cells: readonly unknown[]): Row =>
  table(
    `Services, ${name}`,
    create(core('services'), { apiVersion: 'v1', kind: 'Service', metadata, spec }),
    prints(core('services'), SERVICE, [['web', ...cells]]),
  );
const ADDRESS = /^\d+\.\d+\.\d+\.\d+$/;

const POD = 'Name | Ready | Status | Restarts | Age | IP* | Node* | Nominated Node* | Readiness Gates*';
const runningPod = (name: RegExp) => [name, '2/2', 'Running', '0', AGE, PRESENT, PRESENT, '<none>', '<none>'];

export const TABLE_ROWS: readonly Row[] = [
  table(
    'Deployments, with the ReplicaSet and the Pods that they make',
    create(inGroup('apps/v1', 'deployments'), workload('Deployment', { replicas: 2 })),
    prints(
      inGroup('apps/v1', 'deployments'),
      'Name | Ready | Up-to-date | Available | Age | Containers* | Images* | Selector*',
      [['web', '2/2', 2, 2, AGE, ...CONTAINERS, 'app=web']],
    ),
    prints(
      inGroup('apps/v1', 'replicasets'),
      'Name | Desired | Current | Ready | Age | Containers* | Images* | Selector*',
      [[/^web-[a-z0-9]+$/, 2, 2, 2, AGE, ...CONTAINERS, /^app=web,pod-template-hash=[a-z0-9]+$/]],
    ),
    prints(core('pods'), POD, [runningPod(/^web-/), runningPod(/^web-/)]),
  ),
  table(
    'Pods that wait for a node',
    create(core('pods'), {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: { containers, schedulerName: 'nobody', readinessGates: [{ conditionType: 'example.com/gate' }] },
    }),
    prints(core('pods'), POD, [['web', '0/2', 'Pending', '0', AGE, '<none>', '<none>', '<none>', '0/1']]),
  ),
  table(
    'StatefulSets',
    create(inGroup('apps/v1', 'statefulsets'), workload('StatefulSet', { replicas: 2, serviceName: 'web' })),
    prints(inGroup('apps/v1', 'statefulsets'), 'Name | Ready | Age | Containers* | Images*', [
      ['web', '2/2', AGE, ...CONTAINERS],
    ]),
  ),
  table(
    'DaemonSets without a node to run on',
    create(
      inGroup('apps/v1', 'daemonsets'),
      workload('DaemonSet', { template: { ...template, spec: { containers, nodeSelector: { no: 'where' } } } }),
    ),
    prints(
      inGroup('apps/v1', 'daemonsets'),
      'Name | Desired | Current | Ready | Up-to-date | Available | Node Selector | Age | Containers* | Images* | Selector*',
      [['web', 0, 0, 0, 0, 0, 'no=where', AGE, ...CONTAINERS, 'app=web']],
    ),
  ),
  table(
    'Jobs that are suspended',
    create(inGroup('batch/v1', 'jobs'), {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata,
      spec: { ...jobSpec, suspend: true, completions: 3 },
    }),
    prints(
      inGroup('batch/v1', 'jobs'),
      'Name | Status | Completions | Duration | Age | Containers* | Images* | Selector*',
      [['web', 'Suspended', '0/3', '', AGE, ...CONTAINERS, /^batch\.kubernetes\.io\/controller-uid=/]],
    ),
  ),
  table(
    'CronJobs',
    create(inGroup('batch/v1', 'cronjobs'), {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata,
      spec: { schedule: '0 0 1 1 *', timeZone: 'Europe/Berlin', suspend: true, jobTemplate: { spec: jobSpec } },
    }),
    prints(
      inGroup('batch/v1', 'cronjobs'),
      'Name | Schedule | Timezone | Suspend | Active | Last Schedule | Age | Containers* | Images* | Selector*',
      [['web', '0 0 1 1 *', 'Europe/Berlin', 'True', 0, '<none>', AGE, ...CONTAINERS, '<none>']],
    ),
  ),
  service(
    'two ports',
    {
      ports: [
        { name: 'http', port: 80 },
        { name: 'dns', port: 53, protocol: 'UDP' },
      ],
      selector: labels,
    },
    ['ClusterIP', ADDRESS, '<none>', '80/TCP,53/UDP', AGE, 'app=web'],
  ),
  service('headless', { clusterIP: 'None', ports: [{ port: 80 }] }, [
    'ClusterIP',
    'None',
    '<none>',
    '80/TCP',
    AGE,
    '<none>',
  ]),
  service('with a port of the node', { type: 'NodePort', ports: [{ port: 80, nodePort: 31_789 }], selector: labels }, [
    'NodePort',
    ADDRESS,
    '<none>',
    '80:31789/TCP',
    AGE,
    'app=web',
  ]),
  service('another name', { type: 'ExternalName', externalName: 'example.com' }, [
    'ExternalName',
    '<none>',
    'example.com',
    '<none>',
    AGE,
    '<none>',
  ]),
  service(
    'waiting for a balancer',
    { type: 'LoadBalancer', ports: [{ port: 80, nodePort: 31_788 }], selector: labels },
    ['LoadBalancer', ADDRESS, '<pending>', '80:31788/TCP', AGE, 'app=web'],
  ),
  table(
    'ConfigMaps count both kinds of data',
    create(core('configmaps'), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { a: '1', b: '2' },
      binaryData: { c: 'AA==' },
    }),
    prints(core('configmaps'), 'Name | Data | Age', [['web', 3, AGE]]),
  ),
  table(
    'Secrets',
    create(core('secrets'), { apiVersion: 'v1', kind: 'Secret', metadata, data: { a: 'AA==' } }),
    prints(core('secrets'), 'Name | Type | Data | Age', [['web', 'Opaque', 1, AGE]]),
  ),
  table(
    'ServiceAccounts',
    create(core('serviceaccounts'), { apiVersion: 'v1', kind: 'ServiceAccount', metadata }),
    prints(core('serviceaccounts'), 'Name | Age', [['web', AGE]]),
  ),
  table(
    'Events',
    create(core('events'), {
      apiVersion: 'v1',
      kind: 'Event',
      metadata,
      type: 'Warning',
      reason: 'Failed',
      message: '  it did not work\n',
      count: 3,
      source: { component: 'conformance', host: 'here' },
      reportingComponent: 'conformance',
      reportingInstance: 'test',
      involvedObject: {
        apiVersion: 'v1',
        kind: 'Pod',
        name: 'web-1',
        namespace: '{ns}',
        fieldPath: 'spec.containers{app}',
      },
    }),
    prints(
      core('events'),
      'Last Seen | Type | Reason | Object | Subobject* | Source* | Message | First Seen* | Count* | Name*',
      [
        [
          '<unknown>',
          'Warning',
          'Failed',
          'pod/web-1',
          'spec.containers{app}',
          'conformance, here',
          'it did not work',
          '<unknown>',
          3,
          'web',
        ],
      ],
    ),
  ),
  table(
    'webhook configurations',
    create('/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'table-{ns}', labels: { app: '{ns}' } },
      webhooks: [
        {
          name: 'never.example.com',
          clientConfig: { url: 'https://127.0.0.1:1/never' },
          objectSelector: { matchLabels: { never: '{ns}' } },
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    }),
    {
      send: {
        path: '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
        accept: TABLE,
        query: { labelSelector: 'app={ns}', includeObject: 'None' },
      },
      expect: {
        status: 200,
        body: {
          columnDefinitions: [{ name: 'Name' }, { name: 'Webhooks' }, { name: 'Age' }],
          rows: [{ cells: ['table-{ns}', 1, AGE] }],
        },
      },
    },
    {
      send: {
        method: 'DELETE',
        path: '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/table-{ns}',
      },
      expect: { status: 200 },
    },
  ),
  table('a Namespace, alone', {
    send: { path: '/api/v1/namespaces/{ns}', accept: TABLE },
    expect: {
      status: 200,
      body: {
        kind: 'Table',
        columnDefinitions: [{ name: 'Name' }, { name: 'Status' }, { name: 'Age' }],
        rows: [
          { cells: ['{ns}', 'Active', AGE], object: { kind: 'PartialObjectMetadata', metadata: { name: '{ns}' } } },
        ],
      },
    },
  }),
  table('Nodes', {
    send: { path: '/api/v1/nodes', accept: TABLE, query: { labelSelector: 'there=none' } },
    expect: {
      status: 200,
      body: {
        columnDefinitions: [
          { name: 'Name', priority: 0 },
          { name: 'Status' },
          { name: 'Roles' },
          { name: 'Age' },
          { name: 'Version' },
          { name: 'Internal-IP', priority: 1 },
          { name: 'External-IP', priority: 1 },
          { name: 'OS-Image', priority: 1 },
          { name: 'Kernel-Version', priority: 1 },
          { name: 'Container-Runtime', priority: 1 },
        ],
        rows: [],
      },
    },
  }),
  table('kinds without a printer of their own have no rows where there are none', {
    send: { path: inGroup('rbac.authorization.k8s.io/v1', 'roles'), accept: TABLE },
    expect: {
      status: 200,
      body: { columnDefinitions: [{ name: 'Name' }, { name: 'Created At', type: 'date' }], rows: null },
    },
  }),
  table(
    'includeObject=Object gives the whole object with each row',
    create(core('configmaps'), { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1' } }),
    {
      send: { path: core('configmaps'), accept: TABLE, query: { labelSelector: 'app=web', includeObject: 'Object' } },
      expect: {
        status: 200,
        body: {
          rows: [{ object: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'web' }, data: { a: '1' } } }],
        },
      },
    },
    {
      send: { path: core('configmaps'), accept: TABLE, query: { labelSelector: 'app=web', includeObject: 'Metadata' } },
      expect: {
        status: 200,
        body: {
          rows: [
            { object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'web' } } },
          ],
        },
      },
    },
    {
      send: {
        path: core('configmaps'),
        accept: TABLE,
        query: { labelSelector: 'app=web', includeObject: 'Everything' },
      },
      expect: { status: 400, body: { reason: 'BadRequest' } },
    },
  ),
  table(
    'pages of a table',
    ...['a', 'b'].map((name) =>
      create(core('secrets'), { apiVersion: 'v1', kind: 'Secret', metadata: { name, labels } }),
    ),
    {
      send: { path: core('secrets'), accept: TABLE, query: { labelSelector: 'app=web', limit: 1 } },
      expect: { status: 200, body: { metadata: { continue: PRESENT }, rows: [{ cells: ['a', 'Opaque', 0, AGE] }] } },
      save: { next: 'body.metadata.continue' },
    },
    {
      send: { path: core('secrets'), accept: TABLE, query: { labelSelector: 'app=web', limit: 1, continue: '{next}' } },
      expect: { status: 200, body: { rows: [{ cells: ['b', 'Opaque', 0, AGE] }] } },
    },
  ),
  {
    name: 'metadata only: a list, and one object',
    steps: [
      create(core('configmaps'), { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1' } }),
      {
        send: { path: core('configmaps'), accept: METADATA_LIST, query: { labelSelector: 'app=web' } },
        expect: {
          status: 200,
          body: {
            kind: 'PartialObjectMetadataList',
            apiVersion: 'meta.k8s.io/v1',
            items: [{ metadata: { name: 'web', uid: PRESENT } }],
          },
        },
      },
      {
        send: { path: core('configmaps/web'), accept: METADATA },
        expect: {
          status: 200,
          body: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'web' } },
        },
      },
    ],
  },
  {
    name: 'forms: a Status stays a Status',
    steps: [
      {
        send: { path: core('configmaps/none'), accept: TABLE },
        expect: { status: 404, body: { kind: 'Status', reason: 'NotFound' } },
      },
      {
        send: { path: core('configmaps/none'), accept: METADATA },
        expect: { status: 404, body: { kind: 'Status', reason: 'NotFound' } },
      },
    ],
  },
  {
    name: 'forms: the first acceptable one is taken',
    steps: [
      {
        send: { path: core('pods'), accept: `application/xml, ${TABLE}, application/json` },
        expect: { status: 200, body: { kind: 'Table' } },
      },
      {
        send: { path: core('pods'), accept: `application/json, ${TABLE}` },
        expect: { status: 200, body: { kind: 'PodList' } },
      },
      { send: { path: core('pods'), accept: '*/*' }, expect: { status: 200, body: { kind: 'PodList' } } },
    ],
  },
];
