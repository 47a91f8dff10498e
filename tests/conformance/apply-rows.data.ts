import { ABSENT, containing } from './match-value';
import type { Row } from './row';
import { batch, configMap, core, cronJob, cronPatch } from './write-objects';
import {
  apply,
  badOptions,
  badRequest,
  conflict,
  get,
  holds,
  invalid,
  lacks,
  makes,
  mergePatch,
  OK,
  post,
  refused,
  STALE,
  unknown,
} from './write-steps';

type Json = Readonly<Record<string, unknown>>;

const MAP = core('configmaps', 'm');
const CRON = batch('cronjobs', 'c');
const typed = (body: Json) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c' }, ...body });

const contested = (manager: string, ...fields: readonly string[]) => {
  const causes = fields.map((field) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${manager}`,
    field,
  }));
  const message =
    fields.length === 1
      ? `Apply failed with 1 conflict: conflict with ${manager}: ${fields[0]}`
      : `Apply failed with ${fields.length} conflicts: conflicts with ${manager}:\n${fields.map((field) => `- ${field}`).join('\n')}`;
  return refused(409, 'Conflict', message, { details: { name: ABSENT, kind: ABSENT, causes } });
};

const untyped = (whose: string, why: string) =>
  refused(500, '', `failed to create typed patch object (${whose}): ${why}`, { details: ABSENT });

export const APPLY_ROWS: readonly Row[] = [
  {
    name: 'apply: creates, and the same again changes nothing',
    steps: [
      {
        ...apply(
          'one',
          MAP,
          configMap('m', { a: '1', b: '2' }),
          makes({
            metadata: {
              managedFields: [{ manager: 'one', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': {}, 'f:b': {} } } }],
            },
          }),
        ),
        save: { version: 'body.metadata.resourceVersion' },
      },
      apply('one', MAP, configMap('m', { a: '1', b: '2' }), holds({ metadata: { resourceVersion: '{version}' } })),
    ],
  },
  {
    name: "apply: of another manager's field is a conflict, until it is forced",
    steps: [
      apply('one', MAP, configMap('m', { a: '1', b: '2' }), { status: 201 }),
      apply('two', MAP, configMap('m', { a: '9' }), contested('"one"', '.data.a')),
      apply('two', MAP, configMap('m', { a: '9', b: '8' }), contested('"one"', '.data.a', '.data.b')),
      apply('two', MAP, configMap('m', { a: '9' }), holds({ data: { a: '9', b: '2' } }), { query: { force: true } }),
    ],
  },
  {
    name: 'apply: of the same value is shared',
    steps: [
      apply('one', MAP, configMap('m', { a: '1' }), { status: 201 }),
      apply(
        'two',
        MAP,
        configMap('m', { a: '1' }),
        holds({ metadata: { managedFields: containing({ manager: 'two', time: ABSENT }, { manager: 'one' }) } }),
      ),
      apply('one', MAP, configMap('m', {}), holds({ data: { a: '1' } })),
      apply('two', MAP, configMap('m', {}), holds({ data: ABSENT })),
    ],
  },
  {
    name: 'apply: leaving a field out removes it',
    steps: [
      apply('one', MAP, configMap('m', { a: '1', b: '2' }), { status: 201 }),
      apply('one', MAP, configMap('m', { b: '2', c: '3' }), holds({ data: { a: ABSENT, b: '2', c: '3' } })),
    ],
  },
  {
    name: 'apply: of what an update set is a conflict with it',
    steps: [
      post(core('configmaps'), configMap('m', { a: '1' }), { status: 201 }, { query: { fieldManager: 'editor' } }),
      apply('one', MAP, configMap('m', { a: '2' }), contested('"editor" using v1', '.data.a')),
      mergePatch(MAP, { data: { a: '2' } }, OK, { query: { fieldManager: 'other' } }),
      apply(
        'one',
        MAP,
        configMap('m', { a: '2' }),
        holds({
          metadata: {
            managedFields: containing({ manager: 'one', time: ABSENT }, { manager: 'editor' }, { manager: 'other' }),
          },
        }),
      ),
      mergePatch(MAP, { data: { a: '3' } }, holds({ data: { a: '3' } }), { query: { fieldManager: 'editor' } }),
    ],
  },
  {
    name: 'apply: into lists, by the keys of their items',
    steps: [
      apply('one', CRON, cronJob('c', { env: [{ name: 'A', value: '1' }] }), { status: 201 }),
      apply(
        'two',
        CRON,
        typed(
          cronPatch({
            containers: [
              {
                name: 'app',
                env: [{ name: 'B', value: '2' }],
                ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }],
              },
              { name: 'side', image: 's:1' },
            ],
          }),
        ),
        holds(
          cronPatch({
            containers: [
              { name: 'app', env: [{ name: 'A' }, { name: 'B' }], ports: [{ protocol: 'TCP' }, { protocol: 'UDP' }] },
              { name: 'side' },
            ],
          }),
        ),
      ),
      apply(
        'two',
        CRON,
        typed(cronPatch({ containers: [{ name: 'app', image: 'nginx:2' }] })),
        contested('"one"', '.spec.jobTemplate.spec.template.spec.containers[name="app"].image'),
      ),
      apply(
        'one',
        CRON,
        cronJob('c'),
        holds(cronPatch({ containers: [{ name: 'app', env: [{ name: 'B' }] }, { name: 'side' }] })),
      ),
      apply(
        'two',
        CRON,
        typed({ spec: {} }),
        holds(cronPatch({ containers: [{ name: 'app', env: ABSENT, ports: ABSENT }] })),
      ),
    ],
  },
  {
    name: 'apply: an item between items of others keeps its place',
    steps: [
      apply(
        'one',
        CRON,
        cronJob('c', {
          env: [
            { name: 'A', value: '1' },
            { name: 'C', value: '3' },
          ],
        }),
        { status: 201 },
      ),
      apply(
        'two',
        CRON,
        typed(
          cronPatch({
            containers: [
              {
                name: 'app',
                env: [
                  { name: 'X', value: 'x' },
                  { name: 'C', value: '3' },
                  { name: 'Z', value: 'z' },
                ],
              },
            ],
          }),
        ),
        holds(cronPatch({ containers: [{ env: [{ name: 'A' }, { name: 'X' }, { name: 'C' }, { name: 'Z' }] }] })),
      ),
    ],
  },
  {
    name: 'apply: needs a manager',
    steps: [
      mergePatch(
        MAP,
        configMap('m'),
        badOptions('PatchOptions', lacks('fieldManager', 'is required for apply patch')),
        {
          contentType: 'application/apply-patch+yaml',
        },
      ),
    ],
  },
  {
    name: 'apply: from YAML',
    steps: [
      apply(
        'yaml',
        MAP,
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\ndata:\n  key: from yaml\n',
        makes({ data: { key: 'from yaml' } }),
      ),
    ],
  },
  {
    name: 'apply: of another kind, version or name',
    steps: [
      apply('one', MAP, { ...configMap('m'), kind: 'Secret' }, badRequest('invalid object type: /v1, Kind=Secret')),
      apply(
        'one',
        MAP,
        { ...configMap('m'), apiVersion: 'v2' },
        badRequest('invalid object type: /v2, Kind=ConfigMap'),
      ),
      apply('one', MAP, { data: { a: '1' } }, badRequest('invalid object type: /, Kind=')),
      apply('one', MAP, '', badRequest('invalid object type: /, Kind=')),
      apply(
        'one',
        MAP,
        configMap('other'),
        badRequest('the name of the object (other) does not match the name on the URL (m)'),
      ),
      apply(
        'one',
        MAP,
        configMap('m', {}, { namespace: 'default' }),
        badRequest('the namespace of the provided object does not match the namespace sent on the request'),
      ),
    ],
  },
  {
    name: 'apply: of what is not of the type',
    steps: [
      apply(
        'one',
        MAP,
        { ...configMap('m'), data: { a: 1 } },
        untyped('/m; /v1, Kind=ConfigMap', '.data.a: expected string, got &value.valueUnstructured{Value:1}'),
      ),
      apply(
        'one',
        CRON,
        typed({ spec: { foo: 1 } }),
        untyped('/c; batch/v1, Kind=CronJob', '.spec.foo: field not declared in schema'),
      ),
      apply(
        'one',
        CRON,
        typed(cronPatch({ containers: [{ name: 'a' }, { name: 'a' }] })),
        untyped(
          '/c; batch/v1, Kind=CronJob',
          '.spec.jobTemplate.spec.template.spec.containers: duplicate entries for key [name="a"]',
        ),
      ),
    ],
  },
  {
    name: 'apply: may not carry owners',
    steps: [
      apply(
        'one',
        MAP,
        configMap('m', {}, { managedFields: [{ manager: 'x' }] }),
        badRequest('metadata.managedFields must be nil'),
      ),
    ],
  },
  {
    name: 'apply: of a version that is gone, or of another object',
    steps: [
      apply('one', MAP, configMap('m', { a: '1' }, { resourceVersion: '1' }), { status: 201 }),
      apply(
        'one',
        MAP,
        configMap('m', { a: '2' }, { resourceVersion: '1' }),
        conflict({ kind: 'configmaps', name: 'm' }, STALE),
      ),
      apply(
        'one',
        MAP,
        configMap('m', { a: '2' }, { uid: '00000000-0000-4000-8000-000000000000' }),
        invalid(
          { kind: 'ConfigMap', name: 'm' },
          ...Array.from(
            { length: 2 },
            () =>
              [
                'metadata.uid',
                'FieldValueInvalid',
                'Invalid value: "00000000-0000-4000-8000-000000000000": field is immutable',
              ] as const,
          ),
        ),
      ),
    ],
  },
  {
    name: 'apply: an item without its key is refused by validation',
    steps: [
      apply('one', CRON, cronJob('c'), { status: 201 }),
      apply(
        'two',
        CRON,
        typed(cronPatch({ containers: [{ image: 'x' }] })),
        invalid(
          { group: 'batch', kind: 'CronJob', name: 'c' },
          lacks('spec.jobTemplate.spec.template.spec.containers[1].name'),
        ),
      ),
    ],
  },
  {
    name: 'apply: of the status belongs to that endpoint',
    steps: [
      apply('one', CRON, cronJob('c'), { status: 201 }),
      apply(
        'two',
        `${CRON}/status`,
        typed({ status: { lastScheduleTime: '2026-01-01T00:00:00Z' } }),
        holds({
          status: { lastScheduleTime: '2026-01-01T00:00:00Z' },
        }),
      ),
      get(
        CRON,
        holds({
          metadata: {
            managedFields: containing(
              { manager: 'one', subresource: ABSENT },
              { manager: 'two', subresource: 'status' },
            ),
          },
        }),
      ),
    ],
  },
  {
    name: 'apply: options that are none',
    steps: [
      apply(
        'x'.repeat(129),
        MAP,
        configMap('m'),
        badOptions('PatchOptions', ['fieldManager', 'FieldValueTooLong', 'Too long: may not be more than 128 bytes']),
      ),
      apply('one', MAP, configMap('m'), badOptions('PatchOptions', unknown('dryRun', ['x'], 'All')), {
        query: { dryRun: 'x' },
      }),
      post(core('configmaps'), configMap('m')),
      mergePatch(
        MAP,
        {},
        badOptions('PatchOptions', [
          'force',
          'FieldValueForbidden',
          'Forbidden: may not be specified for non-apply patch',
        ]),
        { query: { force: true } },
      ),
    ],
  },
];
