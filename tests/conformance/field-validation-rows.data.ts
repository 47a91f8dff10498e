import { ABSENT } from './match-value';
import type { Row } from './row';
import { apps, batch, configMap, core, cronJob, deployment } from './write-objects';
import {
  apply,
  badOptions,
  badRequest,
  eventually,
  get,
  holds,
  jsonPatch,
  mergePatch,
  notFound,
  OK,
  own,
  post,
  put,
  refused,
  remove,
  strategicPatch,
  unknown,
  warned,
} from './write-steps';

const MAPS = core('configmaps');
const MAP = core('configmaps', 'm');
const makeMap = post(MAPS, configMap('m', { a: '1' }));
const strict = { query: { fieldValidation: 'Strict' } };
const warn = { query: { fieldValidation: 'Warn' } };
const ignore = { query: { fieldValidation: 'Ignore' } };
const twice = (name: string) =>
  `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x","name":"${name}"},"data":{"a":"1","a":"2"}}`;
const yamlTwice = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  name: m\nfoo: 1\n';
const quiet = { warning: ABSENT };

const STRICT = 'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: ';

/** What a strict patch is refused with: the patched object in the middle is the server's own text. */
const refusedPatch = (why: string) =>
  refused(422, 'Invalid', new RegExp(`^ "" is invalid: patch: Invalid value: ".*": strict decoding error: ${why}$`), {
    details: { causes: [{ reason: 'FieldValueInvalid', field: 'patch' }] },
  });

export const FIELD_VALIDATION_ROWS: readonly Row[] = [
  {
    name: 'unknown fields: strict creation refuses them',
    steps: [
      post(
        apps('deployments'),
        { ...deployment('web', { replicas: 0, foo: 1 }), bar: 2 },
        badRequest(
          'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.foo", unknown field "bar"',
        ),
        strict,
      ),
      get(apps('deployments', 'web'), notFound({ group: 'apps', kind: 'deployments', name: 'web' })),
    ],
  },
  {
    name: 'unknown fields: creation warns of them unless told otherwise',
    steps: [
      post(
        batch('cronjobs'),
        { ...cronJob('c', {}, { foo: 1 }), bar: 2 },
        {
          status: 201,
          headers: warned('unknown field "spec.foo"', 'unknown field "bar"'),
          body: { bar: ABSENT, spec: { foo: ABSENT } },
        },
      ),
      post(
        batch('cronjobs'),
        { ...cronJob('d', { foo: 1 }), bar: 2 },
        {
          status: 201,
          headers: warned(
            'unknown field "spec.jobTemplate.spec.template.spec.containers[0].foo"',
            'unknown field "bar"',
          ),
        },
        warn,
      ),
      post(batch('cronjobs'), { ...cronJob('e', { foo: 1 }), bar: 2 }, { status: 201, headers: quiet }, ignore),
    ],
  },
  {
    name: 'unknown fields: a level of scrutiny that is none',
    steps: [
      post(
        MAPS,
        configMap('m'),
        badOptions('CreateOptions', unknown('fieldValidation', 'Sometimes', '', 'Ignore', 'Strict', 'Warn')),
        { query: { fieldValidation: 'Sometimes' } },
      ),
      makeMap,
      put(
        MAP,
        configMap('m'),
        badOptions('UpdateOptions', unknown('fieldValidation', 'strict', '', 'Ignore', 'Strict', 'Warn')),
        { query: { fieldValidation: 'strict' } },
      ),
      mergePatch(MAP, {}, badOptions('PatchOptions', unknown('fieldValidation', 'x', '', 'Ignore', 'Strict', 'Warn')), {
        query: { fieldValidation: 'x' },
      }),
    ],
  },
  {
    name: 'duplicate fields: strict creation refuses them',
    steps: [
      post(MAPS, twice('m'), badRequest(`${STRICT}duplicate field "metadata.name", duplicate field "data.a"`), strict),
    ],
  },
  {
    name: 'duplicate fields: the last one wins, with a warning',
    steps: [
      post(MAPS, twice('m'), {
        status: 201,
        headers: warned('duplicate field "metadata.name"', 'duplicate field "data.a"'),
        body: { metadata: { name: 'm' }, data: { a: '2' } },
      }),
      post(MAPS, twice('n'), { status: 201, headers: quiet, body: { metadata: { name: 'n' } } }, ignore),
    ],
  },
  {
    name: 'duplicate fields: in YAML, with their line',
    steps: [
      post(
        MAPS,
        yamlTwice,
        badRequest(`${STRICT}yaml: unmarshal errors:\n  line 5: key "name" already set in map, unknown field "foo"`),
        { ...strict, contentType: 'application/yaml' },
      ),
      post(
        MAPS,
        yamlTwice,
        { status: 201, headers: warned('line 5: key "name" already set in map', 'unknown field "foo"') },
        { contentType: 'application/yaml' },
      ),
    ],
  },
  {
    name: 'unknown fields: in an update',
    steps: [
      makeMap,
      put(MAP, { ...configMap('m'), foo: 1 }, badRequest(`${STRICT}unknown field "foo"`), strict),
      put(MAP, { ...configMap('m'), foo: 1 }, { status: 200, headers: warned('unknown field "foo"') }),
      put(MAP, { ...configMap('m'), foo: 1 }, { status: 200, headers: quiet }, ignore),
    ],
  },
  {
    name: 'unknown fields: in a merge patch',
    steps: [
      makeMap,
      mergePatch(MAP, { foo: 1 }, refusedPatch('unknown field "foo"'), strict),
      mergePatch(MAP, { foo: 1 }, { status: 200, headers: warned('unknown field "foo"') }),
      mergePatch(MAP, { foo: 1 }, { status: 200, headers: quiet }, ignore),
    ],
  },
  {
    name: 'unknown fields: in a strategic merge patch',
    steps: [
      makeMap,
      strategicPatch(
        MAP,
        { foo: 1, metadata: { bar: 1 } },
        refused(
          422,
          'Invalid',
          ' "" is invalid: patch: Invalid value: "map[foo:1 metadata:map[bar:1]]": strict decoding error: unknown field "foo", unknown field "metadata.bar"',
        ),
        strict,
      ),
      strategicPatch(MAP, { foo: 1 }, { status: 200, headers: warned('unknown field "foo"') }),
    ],
  },
  {
    name: 'unknown fields: in a JSON patch, and of its operations',
    steps: [
      makeMap,
      jsonPatch(MAP, [{ op: 'add', path: '/foo', value: 1 }], refusedPatch('unknown field "foo"'), strict),
      jsonPatch(MAP, [{ op: 'add', path: '/foo', value: 1 }], { status: 200, headers: warned('unknown field "foo"') }),
      jsonPatch(
        MAP,
        [{ op: 'add', path: '/data/x', value: '1', extra: 2 }],
        refusedPatch('json patch unknown field "\\[0\\]\\.extra"'),
        strict,
      ),
    ],
  },
  {
    name: 'duplicate fields: in a merge patch',
    steps: [
      makeMap,
      mergePatch(MAP, '{"data":{"a":"1","a":"2"}}', refusedPatch('duplicate field "data\\.a"'), strict),
      mergePatch(MAP, '{"data":{"a":"1","a":"2"}}', {
        status: 200,
        headers: warned('duplicate field "data.a"'),
        body: { data: { a: '2' } },
      }),
    ],
  },
  {
    name: 'unknown fields: an apply always refuses them',
    steps: [
      apply(
        'x',
        MAP,
        { apiVersion: 'v1', kind: 'ConfigMap', foo: 1 },
        refused(
          500,
          '',
          'failed to create typed patch object (/; /v1, Kind=ConfigMap): .foo: field not declared in schema',
        ),
      ),
    ],
  },
];

const all = { query: { dryRun: 'All' } };
const unseen = get(MAP, notFound({ kind: 'configmaps', name: 'm' }));

export const DRY_RUN_ROWS: readonly Row[] = [
  {
    name: 'dry run: a creation answers as if it had been, without a version',
    steps: [
      post(MAPS, configMap('m'), { status: 201, body: { metadata: { resourceVersion: ABSENT } } }, all),
      unseen,
      post(
        MAPS,
        configMap('', {}, { generateName: 'g-' }),
        { status: 201, body: { metadata: { name: /^g-.{5}$/ } } },
        all,
      ),
    ],
  },
  {
    name: 'dry run: a creation that would fail, fails',
    steps: [
      makeMap,
      post(MAPS, configMap('m'), refused(409, 'AlreadyExists', 'configmaps "m" already exists'), all),
      post(MAPS, configMap('Bad_'), { status: 422 }, all),
    ],
  },
  {
    name: 'dry run: of changes keeps the object and its version',
    steps: [
      { ...makeMap, save: { version: 'body.metadata.resourceVersion' } },
      put(
        MAP,
        configMap('m', { a: 'x' }),
        holds({ data: { a: 'x' }, metadata: { resourceVersion: '{version}' } }),
        all,
      ),
      mergePatch(MAP, { data: { z: '1' } }, holds({ data: { a: '1', z: '1' } }), all),
      apply('x', MAP, configMap('m', { z: '1' }), holds({ data: { z: '1' } }), { query: { dryRun: 'All' } }),
      get(MAP, holds({ data: { a: '1', z: ABSENT }, metadata: { resourceVersion: '{version}' } })),
    ],
  },
  {
    name: 'dry run: an apply makes nothing',
    steps: [apply('x', MAP, configMap('m', { z: '1' }), { status: 201 }, { query: { dryRun: 'All' } }), unseen],
  },
  {
    name: 'dry run: of a deletion, by query or by body',
    steps: [
      makeMap,
      remove(MAP, undefined, holds({ status: 'Success' }), all),
      remove(MAP, { kind: 'DeleteOptions', apiVersion: 'v1', dryRun: ['All'] }, holds({ status: 'Success' })),
      get(MAP),
      remove(MAPS, undefined, holds({ kind: 'ConfigMapList', items: [{ metadata: { name: 'm' } }] }), {
        query: { dryRun: 'All', fieldSelector: 'metadata.name=m' },
      }),
      get(MAP),
    ],
  },
  {
    name: 'dry run: a value that is none',
    steps: [
      post(MAPS, configMap('m'), badOptions('CreateOptions', unknown('dryRun', ['Some'], 'All')), {
        query: { dryRun: 'Some' },
      }),
      makeMap,
      put(MAP, configMap('m'), badOptions('UpdateOptions', unknown('dryRun', [''], 'All')), { query: { dryRun: '' } }),
      mergePatch(MAP, {}, badOptions('PatchOptions', unknown('dryRun', ['x'], 'All')), { query: { dryRun: 'x' } }),
      remove(MAP, { dryRun: ['Nope'] }, badOptions('DeleteOptions', unknown('dryRun', ['Nope'], 'All'))),
    ],
  },
  {
    name: 'dry run: of a scale and of a status',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 0, paused: true })),
      eventually(own(get(apps('deployments', 'web'), holds({ status: { observedGeneration: 1 } })))),
      mergePatch(
        `${apps('deployments', 'web')}/scale`,
        { spec: { replicas: 2 } },
        holds({ spec: { replicas: 2 } }),
        all,
      ),
      own(get(apps('deployments', 'web'), holds({ spec: { replicas: 0 } }))),
      own(
        mergePatch(
          `${apps('deployments', 'web')}/status`,
          { status: { replicas: 7 } },
          holds({ status: { replicas: 7 } }),
          all,
        ),
      ),
      own(get(apps('deployments', 'web'), holds({ status: { replicas: ABSENT } }))),
    ],
  },
  {
    name: 'dry run: of the deletion of a pod',
    steps: [
      post(core('pods'), {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p' },
        spec: { schedulerName: 'nobody', containers: [{ name: 'app', image: 'x' }] },
      }),
      remove(core('pods', 'p'), undefined, OK, all),
      get(core('pods', 'p'), holds({ metadata: { deletionTimestamp: ABSENT } })),
    ],
  },
];
