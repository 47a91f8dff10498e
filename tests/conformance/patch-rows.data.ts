import { ABSENT } from './match-value';
import type { Row } from './row';
import { batch, configMap, core, cronJob, cronPatch, service } from './write-objects';
import {
  badRequest,
  conflict,
  get,
  holds,
  makes,
  mergePatch,
  OK,
  post,
  put,
  refused,
  STALE,
  strategicPatch,
} from './write-steps';

type Json = Readonly<Record<string, unknown>>;

const MAP = core('configmaps', 'm');
const CRON = batch('cronjobs', 'c');
const makeMap = post(core('configmaps'), configMap('m', { a: '1', b: '2' }));
const makeCron = post(
  batch('cronjobs'),
  cronJob('c', {
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    ports: [{ containerPort: 80 }],
  }),
);

const podSpecIs = (spec: Json) => holds(cronPatch(spec));
const undecodable = (why: string) => badRequest(`error decoding patch: ${why}`);
const quoting = (why: string) =>
  refused(422, 'Invalid', new RegExp(`^ "" is invalid: patch: Invalid value: ".*": ${why}$`), {
    details: { causes: [{ field: 'patch', reason: 'FieldValueInvalid' }] },
  });

const refusesMerge = (name: string, body: unknown, expect = OK): Row => ({
  name: `merge patch: ${name}`,
  steps: [makeMap, mergePatch(MAP, body, expect), get(MAP, holds({ data: { a: '1', b: '2' } }))],
});

const MERGE_ROWS: readonly Row[] = [
  {
    name: 'merge patch: adds, changes and removes keys',
    steps: [
      makeMap,
      mergePatch(MAP, { data: { a: null, b: '9', c: '3' } }, holds({ data: { a: ABSENT, b: '9', c: '3' } })),
      mergePatch(MAP, { data: null }, holds({ data: ABSENT })),
    ],
  },
  {
    name: 'merge patch: once nobody owns a field, nobody is kept',
    steps: [
      makeMap,
      mergePatch(MAP, { data: null }, holds({ metadata: { managedFields: ABSENT } })),
      mergePatch(MAP, { metadata: { labels: { x: 'y' } } }, holds({ metadata: { managedFields: ABSENT } })),
    ],
  },
  {
    name: 'merge patch: a list is replaced',
    steps: [
      makeCron,
      mergePatch(
        CRON,
        cronPatch({ containers: [{ name: 'other', image: 'x:1' }] }),
        podSpecIs({ containers: [{ name: 'other', env: ABSENT, imagePullPolicy: 'IfNotPresent' }] }),
      ),
    ],
  },
  {
    name: 'merge patch: of a version that is gone',
    steps: [
      makeMap,
      mergePatch(
        MAP,
        { metadata: { resourceVersion: '1' }, data: { c: 'x' } },
        conflict({ kind: 'configmaps', name: 'm' }, STALE),
      ),
    ],
  },
  refusesMerge(
    'a list',
    '[1]',
    undecodable('json: cannot unmarshal array into Go value of type map[string]interface {}'),
  ),
  refusesMerge(
    'a text',
    '"x"',
    undecodable('json: cannot unmarshal string into Go value of type map[string]interface {}'),
  ),
  refusesMerge('half an object', '{', undecodable('unexpected end of JSON input')),
  refusesMerge('YAML', 'a: b', undecodable("invalid character 'a' looking for beginning of value")),
  refusesMerge('no body', '', undecodable('unexpected end of JSON input')),
  refusesMerge(
    'a number for a text',
    { data: { a: 1 } },
    quoting('json: cannot unmarshal number into Go struct field ConfigMap.data of type string'),
  ),
  refusesMerge(
    'a number for a label',
    { metadata: { labels: { x: 1 } } },
    quoting('json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string'),
  ),
  refusesMerge(
    'a text for all labels',
    { metadata: { labels: 'x' } },
    quoting(
      'json: cannot unmarshal string into Go struct field ObjectMeta.metadata.labels of type map\\[string\\]string',
    ),
  ),
];

const mergesInto = (name: string, patch: Json, spec: Json): Row => ({
  name: `strategic merge patch: ${name}`,
  steps: [makeCron, strategicPatch(CRON, cronPatch(patch), podSpecIs(spec))],
});

const app = (more: Json) => ({ containers: [{ name: 'app', ...more }] });

const refusesStrategic = (name: string, body: unknown, expect = OK): Row => ({
  name: `strategic merge patch: ${name}`,
  steps: [makeCron, strategicPatch(CRON, body, expect)],
});

const STRATEGIC_ROWS: readonly Row[] = [
  mergesInto(
    'a list joins by its key',
    app({
      env: [
        { name: 'B', value: 'new' },
        { name: 'C', value: '3' },
      ],
    }),
    app({
      image: 'nginx:1.18.0',
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: 'new' },
        { name: 'C', value: '3' },
      ],
    }),
  ),
  mergesInto(
    'what is new comes first',
    { containers: [{ name: 'new', image: 'n:1' }] },
    {
      containers: [{ name: 'new' }, { name: 'app' }],
    },
  ),
  mergesInto(
    '$patch: delete takes an item out',
    app({ env: [{ name: 'A', $patch: 'delete' }] }),
    app({ env: [{ name: 'B' }] }),
  ),
  mergesInto(
    'deleting an item that is not there changes nothing',
    app({ env: [{ name: 'NONE', $patch: 'delete' }] }),
    app({ env: [{ name: 'A' }, { name: 'B' }] }),
  ),
  mergesInto(
    '$patch: replace of a list',
    { containers: [{ $patch: 'replace' }, { name: 'other', image: 'o:1' }] },
    {
      containers: [{ name: 'other', env: ABSENT }],
    },
  ),
  mergesInto(
    '$patch: replace of an object',
    { securityContext: { $patch: 'replace', runAsUser: 5 } },
    {
      securityContext: { runAsUser: 5 },
    },
  ),
  {
    name: 'strategic merge patch: $setElementOrder',
    steps: [
      makeCron,
      strategicPatch(
        CRON,
        cronPatch({
          '$setElementOrder/containers': [{ name: 'app' }, { name: 'b' }],
          containers: [{ name: 'b', image: 'b:1' }],
        }),
        podSpecIs({ containers: [{ name: 'app' }, { name: 'b' }] }),
      ),
      strategicPatch(
        CRON,
        cronPatch({ '$setElementOrder/containers': [{ name: 'b' }, { name: 'app' }] }),
        podSpecIs({ containers: [{ name: 'b' }, { name: 'app' }] }),
      ),
    ],
  },
  {
    name: 'strategic merge patch: $retainKeys',
    steps: [
      makeCron,
      strategicPatch(CRON, cronPatch({ volumes: [{ name: 'v', emptyDir: {} }] }), OK),
      strategicPatch(
        CRON,
        cronPatch({ volumes: [{ name: 'v', $retainKeys: ['name', 'configMap'], configMap: { name: 'x' } }] }),
        podSpecIs({ volumes: [{ name: 'v', emptyDir: ABSENT, configMap: { name: 'x', defaultMode: 420 } }] }),
      ),
      strategicPatch(
        CRON,
        cronPatch({ volumes: [{ name: 'v', $retainKeys: ['name'], emptyDir: {} }] }),
        badRequest('invalid patch format of retainKeys'),
      ),
    ],
  },
  mergesInto(
    'ports join by their number',
    app({ ports: [{ containerPort: 80, name: 'http' }, { containerPort: 81 }] }),
    app({
      ports: [
        { containerPort: 80, name: 'http', protocol: 'TCP' },
        { containerPort: 81, protocol: 'TCP' },
      ],
    }),
  ),
  {
    name: 'strategic merge patch: tolerations are replaced, mounts join by their path',
    steps: [
      makeCron,
      strategicPatch(
        CRON,
        cronPatch({
          volumes: [{ name: 'v', emptyDir: {} }],
          tolerations: [{ key: 'a', operator: 'Exists' }],
          containers: [{ name: 'app', volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
        }),
        OK,
      ),
      strategicPatch(
        CRON,
        cronPatch({
          tolerations: [{ key: 'b', operator: 'Exists' }],
          containers: [{ name: 'app', volumeMounts: [{ mountPath: '/v', readOnly: true }] }],
        }),
        podSpecIs({
          tolerations: [{ key: 'b' }],
          containers: [{ name: 'app', volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: true }] }],
        }),
      ),
    ],
  },
  {
    name: "strategic merge patch: a service's ports join by their number",
    steps: [
      post(
        core('services'),
        service('s', {
          ports: [
            { name: 'a', port: 80 },
            { name: 'b', port: 81 },
          ],
        }),
      ),
      strategicPatch(
        core('services', 's'),
        { spec: { ports: [{ port: 80, targetPort: 8080 }] } },
        holds({
          spec: {
            ports: [
              { name: 'a', targetPort: 8080 },
              { name: 'b', targetPort: 81 },
            ],
          },
        }),
      ),
    ],
  },
  {
    name: 'strategic merge patch: finalizers join as a set',
    steps: [
      post(core('configmaps'), configMap('m', {}, { finalizers: ['example.com/a', 'example.com/b'] })),
      strategicPatch(
        MAP,
        { metadata: { finalizers: ['example.com/c'] } },
        holds({ metadata: { finalizers: ['example.com/c', 'example.com/a', 'example.com/b'] } }),
      ),
      strategicPatch(
        MAP,
        { metadata: { '$deleteFromPrimitiveList/finalizers': ['example.com/a'] } },
        holds({ metadata: { finalizers: ['example.com/c', 'example.com/b'] } }),
      ),
      mergePatch(MAP, { metadata: { finalizers: null } }, holds({ metadata: { finalizers: ABSENT } })),
    ],
  },
  refusesStrategic(
    'an item without its key',
    cronPatch({ containers: [{ image: 'x' }] }),
    refused(500, '', 'map: map[image:x] does not contain declared merge key: name', { details: ABSENT }),
  ),
  refusesStrategic(
    'an unknown directive',
    { spec: { $patch: 'explode' } },
    refused(500, '', 'unknown patch type: explode in map: map[$patch:explode]'),
  ),
  refusesStrategic(
    'an unknown directive in a list',
    cronPatch({ containers: [{ name: 'app', $patch: 'explode' }] }),
    refused(500, '', 'unknown patch type: explode in map: map[$patch:explode name:app]'),
  ),
  refusesStrategic(
    'a list',
    '[]',
    badRequest('json: cannot unmarshal array into Go value of type map[string]interface {}'),
  ),
  refusesStrategic('half an object', '{', badRequest('unexpected end of JSON input')),
  refusesStrategic(
    'a text for a list',
    { spec: { jobTemplate: 'x', suspend: 'x' } },
    refused(
      422,
      'Invalid',
      ' "" is invalid: patch: Invalid value: "map[spec:map[jobTemplate:x suspend:x]]": unrecognized type: bool',
    ),
  ),
  refusesStrategic(
    'a text for a number',
    { spec: { successfulJobsHistoryLimit: 'x' } },
    refused(
      422,
      'Invalid',
      ' "" is invalid: patch: Invalid value: "map[spec:map[successfulJobsHistoryLimit:x]]": unrecognized type: int32',
    ),
  ),
  refusesStrategic(
    'a text for containers',
    cronPatch({ containers: 'x' }),
    refused(
      422,
      'Invalid',
      ' "" is invalid: patch: Invalid value: "map[spec:map[jobTemplate:map[spec:map[template:map[spec:map[containers:x]]]]]]": cannot restore slice from string',
    ),
  ),
];

const UNKNOWN_MEDIA =
  'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf';

const UNKNOWN_PATCH = refused(415, 'UnsupportedMediaType', '415: Unsupported Media Type', { details: {} });

const MEDIA_ROWS: readonly Row[] = [
  {
    name: 'media type: a patch of an unknown kind',
    steps: [
      makeMap,
      ...['application/json', 'text/plain', 'application/yaml'].map((contentType) =>
        mergePatch(MAP, '{}', UNKNOWN_PATCH, { contentType }),
      ),
    ],
  },
  {
    name: 'media type: parameters of it do not matter',
    steps: [
      makeMap,
      mergePatch(MAP, { data: { q: '1' } }, holds({ data: { q: '1' } }), {
        contentType: 'application/merge-patch+json; charset=utf-8',
      }),
    ],
  },
  {
    name: 'media type: creating from a text, updating from XML',
    steps: [
      post(core('configmaps'), '{}', refused(415, 'UnsupportedMediaType', UNKNOWN_MEDIA, { details: ABSENT }), {
        contentType: 'text/plain',
      }),
      makeMap,
      put(MAP, '<a/>', refused(415, 'UnsupportedMediaType', UNKNOWN_MEDIA, { details: ABSENT }), {
        contentType: 'application/xml',
      }),
    ],
  },
  {
    name: 'media type: YAML, and its booleans',
    steps: [
      post(
        core('configmaps'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: yaml}\ndata: {k: "no"}\n',
        makes({ data: { k: 'no' } }),
        { contentType: 'application/yaml' },
      ),
      post(
        core('configmaps'),
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: y}\n',
        badRequest(
          'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.name of type string',
        ),
        { contentType: 'application/yaml' },
      ),
    ],
  },
];

export const PATCH_ROWS: readonly Row[] = [...MERGE_ROWS, ...STRATEGIC_ROWS, ...MEDIA_ROWS];
