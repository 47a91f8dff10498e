import { ABSENT, containing } from './match-value';
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
  bad,
  badOptions,
  badRequest,
  conflict,
  eventually,
  forbids,
  get,
  holds,
  invalid,
  jsonPatch,
  mergePatch,
  notFound,
  OK,
  own,
  post,
  put,
  refused,
  STALE,
  strategicPatch,
  unknown,
} from './write-steps';

const MAPS = core('configmaps');
const MAP = core('configmaps', 'm');
const POD = core('pods', 'p');
const CRON = batch('cronjobs', 'c');
const WEB = apps('deployments', 'web');
const makeMap = post(MAPS, configMap('m', { a: '1' }));
const makePod = post(core('pods'), restingPod('p', podSpec({}, { activeDeadlineSeconds: 60 })));
const OTHER_UID = '00000000-0000-4000-8000-000000000000';
const isVersion = { metadata: { resourceVersion: '{version}' } };

/** Makes an object and tries a change of it that is not allowed. */
const refuses = (
  name: string,
  path: string,
  object: Readonly<Record<string, unknown>> & { readonly metadata: { readonly name: string } },
  patch: unknown,
  expect: AnswerExpectation,
): Row => ({
  name: `immutable: ${name}`,
  steps: [post(path, object), mergePatch(`${path}/${object.metadata.name}`, patch, expect)],
});

const PUT_ROWS: readonly Row[] = [
  {
    name: 'update: replaces the whole object',
    steps: [makeMap, put(MAP, configMap('m', { b: '2' }), holds({ data: { a: ABSENT, b: '2' } }))],
  },
  {
    name: 'update: with the same content keeps the version',
    steps: [
      { ...makeMap, save: { version: 'body.metadata.resourceVersion' } },
      put(MAP, configMap('m', { a: '1' }), holds(isVersion)),
    ],
  },
  {
    name: 'update: of a version that is gone, and of the present one',
    steps: [
      { ...makeMap, save: { version: 'body.metadata.resourceVersion' } },
      put(
        MAP,
        configMap('m', { a: '2' }, { resourceVersion: '1' }),
        conflict({ kind: 'configmaps', name: 'm' }, STALE),
      ),
      put(MAP, configMap('m', { a: '2' }, { resourceVersion: '{version}' }), holds({ data: { a: '2' } })),
      put(
        MAP,
        configMap('m', { a: '3' }, { resourceVersion: '{version}' }),
        conflict({ kind: 'configmaps', name: 'm' }, STALE),
      ),
      put(MAP, configMap('m', { a: '3' }, { resourceVersion: '0' }), holds({ data: { a: '3' } })),
    ],
  },
  {
    name: 'update: a version that is no number',
    steps: [
      makeMap,
      put(
        MAP,
        configMap('m', { a: '2' }, { resourceVersion: 'abc' }),
        refused(500, '', 'strconv.ParseUint: parsing "abc": invalid syntax', { details: ABSENT }),
      ),
    ],
  },
  {
    name: 'update: of another object of that name',
    steps: [
      { ...makeMap, save: { uid: 'body.metadata.uid' } },
      put(
        MAP,
        configMap('m', { a: '2' }, { uid: OTHER_UID }),
        conflict(
          { kind: 'configmaps', name: 'm' },
          `StorageError: invalid object, Code: 4, Key: /registry/configmaps/{ns}/m, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${OTHER_UID}, UID in object meta: {uid}`,
        ),
      ),
    ],
  },
  {
    name: 'update: another name, none, another namespace',
    steps: [
      makeMap,
      put(MAP, configMap('other'), badRequest('the name of the object (other) does not match the name on the URL (m)')),
      put(
        MAP,
        { ...configMap('m'), metadata: {} },
        badRequest('the name of the object (m based on URL) was undeterminable: name must be provided'),
      ),
      put(
        MAP,
        configMap('m', {}, { namespace: 'default' }),
        badRequest('the namespace of the provided object does not match the namespace sent on the request'),
      ),
    ],
  },
  {
    name: 'update: of what is not there',
    steps: [
      put(MAP, configMap('m'), notFound({ kind: 'configmaps', name: 'm' })),
      put(MAP, configMap('m', {}, { resourceVersion: '1' }), notFound({ kind: 'configmaps', name: 'm' })),
    ],
  },
  {
    name: 'update: what the server set stays, but it may not be said to be deleted',
    steps: [
      makeMap,
      put(
        MAP,
        configMap('m', { a: '2' }, { creationTimestamp: '2020-01-01T00:00:00Z' }),
        holds({ metadata: { creationTimestamp: /^20(?!20)/ } }),
      ),
      put(
        MAP,
        configMap('m', { a: '2' }, { deletionTimestamp: '2020-01-01T00:00:00Z' }),
        invalid(
          { kind: 'ConfigMap', name: 'm' },
          ...[1, 2].map(() => bad('metadata.deletionTimestamp', '2020-01-01T00:00:00Z', 'field is immutable')),
        ),
      ),
    ],
  },
  {
    name: 'update: who owns which field',
    steps: [
      post(MAPS, configMap('m', { a: '1', b: '1' }), { status: 201 }, { query: { fieldManager: 'maker' } }),
      put(
        MAP,
        configMap('m', { a: '2', b: '1', c: '1' }),
        holds({
          metadata: {
            managedFields: containing(
              { manager: 'editor', fieldsV1: { 'f:data': { 'f:a': {}, 'f:c': {} } } },
              { manager: 'maker', fieldsV1: { 'f:data': { '.': {}, 'f:a': ABSENT, 'f:b': {} } } },
            ),
          },
        }),
        { query: { fieldManager: 'editor' } },
      ),
    ],
  },
  {
    name: 'update: options that are none',
    steps: [
      makeMap,
      put(MAP, configMap('m'), badOptions('UpdateOptions', unknown('dryRun', [''], 'All')), { query: { dryRun: '' } }),
      post(
        MAPS,
        configMap('n'),
        badOptions('CreateOptions', ['fieldManager', 'FieldValueTooLong', 'Too long: may not be more than 128 bytes']),
        { query: { fieldManager: 'x'.repeat(129) } },
      ),
    ],
  },
];

const IMMUTABLE_ROWS: readonly Row[] = [
  refuses(
    'the selector of a deployment',
    apps('deployments'),
    deployment('web', { replicas: 0, paused: true }),
    { spec: { selector: { matchLabels: { app: 'x' } }, template: { metadata: { labels: { app: 'x' } } } } },
    invalid(
      { group: 'apps', kind: 'Deployment', name: 'web' },
      bad('spec.selector', { matchLabels: { app: 'x' } }, 'field is immutable'),
    ),
  ),
  {
    name: 'immutable: most of a pod',
    steps: [
      makePod,
      mergePatch(
        POD,
        { spec: { restartPolicy: 'Never' } },
        refused(
          422,
          'Invalid',
          /^Pod "p" is invalid: spec: Forbidden: pod updates may not change fields other than `spec\.containers\[\*\]\.image`/,
        ),
      ),
      strategicPatch(
        POD,
        { spec: { containers: [{ name: 'extra', image: 'x' }] } },
        invalid({ kind: 'Pod', name: 'p' }, forbids('spec.containers', 'pod updates may not add or remove containers')),
      ),
      jsonPatch(POD, [{ op: 'add', path: '/spec/tolerations/-', value: { key: 'x', operator: 'Exists' } }]),
      mergePatch(
        POD,
        { spec: { tolerations: [] } },
        invalid(
          { kind: 'Pod', name: 'p' },
          forbids('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'),
        ),
      ),
      mergePatch(
        POD,
        { spec: { activeDeadlineSeconds: 90 } },
        invalid(
          { kind: 'Pod', name: 'p' },
          bad('spec.activeDeadlineSeconds', 90, 'must be less than or equal to previous value'),
        ),
      ),
    ],
  },
  {
    name: 'immutable: a few fields of a pod are not',
    steps: [
      makePod,
      strategicPatch(
        POD,
        { spec: { containers: [{ name: 'app', image: 'nginx:1.19' }] } },
        holds({ metadata: { generation: 2 }, spec: { containers: [{ image: 'nginx:1.19' }] } }),
      ),
      mergePatch(POD, { spec: { activeDeadlineSeconds: 30 } }, holds({ metadata: { generation: 3 } })),
      jsonPatch(
        POD,
        [{ op: 'add', path: '/spec/tolerations/-', value: { key: 'x', operator: 'Exists' } }],
        holds({ metadata: { generation: 4 } }),
      ),
    ],
  },
  {
    name: 'immutable: the address of a service, which an update may leave out',
    steps: [
      { ...post(core('services'), service('s')), save: { address: 'body.spec.clusterIP' } },
      mergePatch(
        core('services', 's'),
        { spec: { clusterIP: '127.96.255.254' } },
        refused(
          422,
          'Invalid',
          /^Service "s" is invalid: spec\.clusterIPs\[0\]: Invalid value: \[".*"\]: may not change once set$/,
        ),
      ),
      mergePatch(core('services', 's'), { spec: { clusterIP: null } }, holds({ spec: { clusterIP: '{address}' } })),
      put(core('services', 's'), service('s'), holds({ spec: { clusterIP: '{address}' } })),
    ],
  },
  {
    name: 'immutable: the template of a job',
    steps: [
      post(batch('jobs'), job('j', { suspend: true })),
      // The controller reports a suspended job once.
      eventually(own(get(batch('jobs', 'j'), holds({ status: { conditions: [{ type: 'Suspended' }] } })))),
      mergePatch(
        batch('jobs', 'j'),
        { spec: { template: { spec: { restartPolicy: 'OnFailure' } } } },
        refused(
          422,
          'Invalid',
          /^Job\.batch "j" is invalid: spec\.template(\.spec)?: Invalid value: .*: field is immutable$/,
        ),
      ),
    ],
  },
  {
    name: 'immutable: the completions of a job, but not its parallelism',
    steps: [
      post(batch('jobs'), job('j', { suspend: true })),
      eventually(own(get(batch('jobs', 'j'), holds({ status: { conditions: [{ type: 'Suspended' }] } })))),
      mergePatch(
        batch('jobs', 'j'),
        { spec: { completions: 3 } },
        invalid({ group: 'batch', kind: 'Job', name: 'j' }, bad('spec.completions', 3, 'field is immutable')),
      ),
      mergePatch(batch('jobs', 'j'), { spec: { parallelism: 3 } }, holds({ metadata: { generation: 2 } })),
    ],
  },
  refuses(
    'the type of a secret',
    core('secrets'),
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } },
    { type: 'other' },
    invalid({ kind: 'Secret', name: 's' }, bad('type', 'other', 'field is immutable')),
  ),
  {
    name: 'immutable: a ConfigMap that says so',
    steps: [
      post(MAPS, { ...configMap('m'), immutable: true }),
      mergePatch(
        MAP,
        { data: { a: '2' } },
        invalid({ kind: 'ConfigMap', name: 'm' }, forbids('data', 'field is immutable when `immutable` is set')),
      ),
      mergePatch(
        MAP,
        { immutable: false },
        invalid({ kind: 'ConfigMap', name: 'm' }, forbids('immutable', 'field is immutable when `immutable` is set')),
      ),
      mergePatch(MAP, { metadata: { labels: { a: 'b' } } }, OK),
    ],
  },
  {
    name: 'immutable: the role of a binding',
    steps: [
      post(rbac('rolebindings'), {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'b' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
        subjects: [{ kind: 'User', name: 'x', apiGroup: 'rbac.authorization.k8s.io' }],
      }),
      mergePatch(
        rbac('rolebindings', 'b'),
        { roleRef: { name: 'edit' } },
        invalid(
          { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding', name: 'b' },
          bad(
            'roleRef',
            { APIGroup: 'rbac.authorization.k8s.io', Kind: 'ClusterRole', Name: 'edit' },
            'cannot change roleRef',
          ),
        ),
      ),
    ],
  },
  refuses(
    'most of a stateful set',
    apps('statefulsets'),
    statefulSet('s', 0),
    { spec: { serviceName: 'other' } },
    refused(
      422,
      'Invalid',
      /^StatefulSet\.apps "s" is invalid: spec: Forbidden: updates to statefulset spec for fields other than /,
    ),
  ),
];

const SUBRESOURCE_ROWS: readonly Row[] = [
  {
    name: 'generation: counts changes of what is wanted',
    steps: [
      post(batch('cronjobs'), cronJob('c')),
      mergePatch(CRON, { metadata: { annotations: { a: 'b' } } }, holds({ metadata: { generation: 1 } })),
      mergePatch(CRON, { spec: { schedule: '@daily' } }, holds({ metadata: { generation: 1 } })),
      mergePatch(CRON, { spec: { schedule: '@hourly' } }, holds({ metadata: { generation: 2 } })),
      mergePatch(
        `${CRON}/status`,
        { status: { lastScheduleTime: '2026-01-01T00:00:00Z' } },
        holds({ metadata: { generation: 2 } }),
      ),
    ],
  },
  {
    name: 'status: only its own endpoint writes it, and nothing else',
    steps: [
      post(
        batch('cronjobs'),
        { ...cronJob('c'), status: { lastScheduleTime: '2026-01-01T00:00:00Z' } },
        { status: 201, body: { status: { lastScheduleTime: ABSENT } } },
      ),
      mergePatch(
        CRON,
        { status: { lastScheduleTime: '2026-01-01T00:00:00Z' } },
        holds({ status: { lastScheduleTime: ABSENT } }),
      ),
      mergePatch(
        `${CRON}/status`,
        {
          spec: { schedule: '@hourly' },
          status: { lastScheduleTime: '2026-01-01T00:00:00Z' },
          metadata: { labels: { l: 'x' } },
        },
        holds({
          metadata: { labels: { l: 'x' } },
          spec: { schedule: '@daily' },
          status: { lastScheduleTime: '2026-01-01T00:00:00Z' },
        }),
      ),
      get(`${CRON}/status`, holds({ status: { lastScheduleTime: '2026-01-01T00:00:00Z' } })),
    ],
  },
  {
    name: 'status: conditions join by their type',
    steps: [
      makePod,
      strategicPatch(
        `${POD}/status`,
        { status: { conditions: [{ type: 'example.com/a', status: 'True' }] } },
        holds({ status: { conditions: [{ type: 'example.com/a' }] } }),
      ),
      strategicPatch(
        `${POD}/status`,
        {
          status: {
            conditions: [
              { type: 'example.com/b', status: 'True' },
              { type: 'example.com/a', status: 'False' },
            ],
          },
        },
        holds({
          status: {
            conditions: [
              { type: 'example.com/b', status: 'True' },
              { type: 'example.com/a', status: 'False', lastProbeTime: null },
            ],
          },
        }),
      ),
    ],
  },
  {
    name: 'status: of a kind that has none',
    steps: [
      makeMap,
      mergePatch(
        `${MAP}/status`,
        {},
        refused(404, 'NotFound', 'the server could not find the requested resource', { details: {} }),
      ),
      get(
        `${MAP}/scale`,
        refused(404, 'NotFound', 'the server could not find the requested resource', { details: {} }),
      ),
    ],
  },
  {
    name: 'scale: reads and writes the count',
    steps: [
      post(apps('statefulsets'), statefulSet('s', 0)),
      eventually(own(get(apps('statefulsets', 's'), holds({ status: { observedGeneration: 1 } })))),
      get(
        `${apps('statefulsets', 's')}/scale`,
        holds({
          kind: 'Scale',
          apiVersion: 'autoscaling/v1',
          spec: { replicas: ABSENT },
          status: { replicas: 0, selector: 'app=s' },
        }),
      ),
      mergePatch(
        `${apps('statefulsets', 's')}/scale`,
        { spec: { replicas: -1 } },
        invalid(
          { group: 'autoscaling', kind: 'Scale', name: 's' },
          bad('spec.replicas', -1, 'must be greater than or equal to 0'),
        ),
      ),
      put(
        `${apps('statefulsets', 's')}/scale`,
        { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'other' }, spec: { replicas: 1 } },
        badRequest('the name of the object (other) does not match the name on the URL (s)'),
      ),
      put(
        `${apps('statefulsets', 's')}/scale`,
        {
          apiVersion: 'autoscaling/v1',
          kind: 'Scale',
          metadata: { name: 's', resourceVersion: '1' },
          spec: { replicas: 1 },
        },
        conflict({ group: 'apps', kind: 'statefulsets', name: 's' }, STALE),
      ),
      put(
        `${apps('statefulsets', 's')}/scale`,
        { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 's' }, spec: { replicas: 1 } },
        holds({ spec: { replicas: 1 } }),
      ),
      own(get(apps('statefulsets', 's'), holds({ metadata: { generation: 2 }, spec: { replicas: 1 } }))),
    ],
  },
  {
    name: 'scale: by a JSON patch, with an owner of its own',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 0 })),
      jsonPatch(
        `${WEB}/scale`,
        [
          { op: 'test', path: '/kind', value: 'Scale' },
          { op: 'add', path: '/spec/replicas', value: 2 },
        ],
        holds({ spec: { replicas: 2 } }),
        { query: { fieldManager: 'scaler' } },
      ),
      own(
        get(WEB, {
          status: 200,
          body: {
            spec: { replicas: 2 },
            metadata: {
              managedFields: containing({ manager: 'scaler', operation: 'Update', subresource: 'scale', time: ABSENT }),
            },
          },
        }),
      ),
    ],
  },
  {
    name: 'strategy: Recreate may not keep the settings of a rolling update',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 0 })),
      strategicPatch(
        WEB,
        { spec: { strategy: { type: 'Recreate' } } },
        invalid(
          { group: 'apps', kind: 'Deployment', name: 'web' },
          forbids('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'"),
        ),
      ),
      own(
        strategicPatch(
          WEB,
          { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
          holds({ spec: { strategy: { type: 'Recreate', rollingUpdate: ABSENT } } }),
        ),
      ),
    ],
  },
];

export const UPDATE_ROWS: readonly Row[] = [...PUT_ROWS, ...IMMUTABLE_ROWS, ...SUBRESOURCE_ROWS];
