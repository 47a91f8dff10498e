import { ABSENT } from './match-value';
import type { Row } from './row';
import { batch, configMap, core, cronJob } from './write-objects';
import {
  badRequest,
  conflict,
  get,
  holds,
  invalid,
  jsonPatch,
  notFound,
  OK,
  post,
  refused,
  STALE,
} from './write-steps';

const MAP = core('configmaps', 'm');
const CRON = batch('cronjobs', 'c');
const CONTAINERS = '/spec/jobTemplate/spec/template/spec/containers';
const makeMap = post(core('configmaps'), configMap('m', { a: '1', b: '2' }));
const makeCron = post(batch('cronjobs'), cronJob('c'));

/** What does not fit the object: the real server says no more than that. */
const UNFIT = refused(422, 'Invalid', 'the server rejected our request due to an error in our request', {
  details: {},
});

const undecodable = (why: string) => badRequest(`error decoding patch: ${why}`);

const fails = (name: string, body: unknown, expect = UNFIT): Row => ({
  name: `JSON patch: ${name}`,
  steps: [makeMap, jsonPatch(MAP, body, expect), get(MAP, holds({ data: { a: '1', b: '2' } }))],
});

const changes = (name: string, body: unknown, data: Readonly<Record<string, unknown>>): Row => ({
  name: `JSON patch: ${name}`,
  steps: [makeMap, jsonPatch(MAP, body, holds({ data }))],
});

export const JSON_PATCH_ROWS: readonly Row[] = [
  changes(
    'add, replace and remove',
    [
      { op: 'add', path: '/data/c', value: '3' },
      { op: 'replace', path: '/data/a', value: '9' },
      { op: 'remove', path: '/data/b' },
    ],
    { a: '9', b: ABSENT, c: '3' },
  ),
  changes(
    'test, move and copy',
    [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'move', from: '/data/a', path: '/data/z' },
      { op: 'copy', from: '/data/b', path: '/data/y' },
    ],
    { a: ABSENT, b: '2', y: '2', z: '1' },
  ),
  changes('replacing a key that is not there adds it', [{ op: 'replace', path: '/data/new', value: 'x' }], {
    new: 'x',
  }),
  changes(
    'copying a key that is not there gives an empty text',
    [{ op: 'copy', from: '/data/none', path: '/data/x' }],
    {
      x: '',
    },
  ),
  {
    name: 'JSON patch: a slash in a key is escaped',
    steps: [
      makeMap,
      jsonPatch(
        MAP,
        [
          { op: 'add', path: '/metadata/annotations', value: { 'example.com/b': '1' } },
          { op: 'add', path: '/metadata/annotations/example.com~1a', value: '2' },
          { op: 'test', path: '/metadata/annotations/example.com~1b', value: '1' },
        ],
        holds({ metadata: { annotations: { 'example.com/a': '2', 'example.com/b': '1' } } }),
      ),
    ],
  },
  {
    name: 'JSON patch: nothing to do keeps the version',
    steps: [
      { ...makeMap, save: { version: 'body.metadata.resourceVersion' } },
      jsonPatch(MAP, [], holds({ metadata: { resourceVersion: '{version}' } })),
      jsonPatch(
        MAP,
        [{ op: 'replace', path: '/data/a', value: '1' }],
        holds({ metadata: { resourceVersion: '{version}' } }),
      ),
    ],
  },
  {
    name: 'JSON patch: into a list, by index, at its end and before it',
    steps: [
      makeCron,
      jsonPatch(CRON, [{ op: 'add', path: `${CONTAINERS}/-`, value: { name: 'last', image: 'b:1' } }], OK),
      jsonPatch(CRON, [{ op: 'add', path: `${CONTAINERS}/0`, value: { name: 'first', image: 'b:1' } }], OK),
      jsonPatch(
        CRON,
        [{ op: 'remove', path: `${CONTAINERS}/1` }],
        holds({
          spec: {
            jobTemplate: { spec: { template: { spec: { containers: [{ name: 'first' }, { name: 'last' }] } } } },
          },
        }),
      ),
    ],
  },
  {
    name: 'JSON patch: beyond the end of a list',
    steps: [
      makeCron,
      jsonPatch(CRON, [{ op: 'add', path: `${CONTAINERS}/9`, value: { name: 'x', image: 'b:1' } }], UNFIT),
      jsonPatch(CRON, [{ op: 'remove', path: `${CONTAINERS}/7` }], UNFIT),
    ],
  },
  fails('a test that fails', [{ op: 'test', path: '/data/a', value: '2' }]),
  fails('a test of what is not there', [{ op: 'test', path: '/data/none', value: '2' }]),
  fails('a failed test undoes what came before', [
    { op: 'replace', path: '/data/a', value: '9' },
    { op: 'test', path: '/data/b', value: '9' },
  ]),
  fails('removing what is not there', [{ op: 'remove', path: '/data/none' }]),
  fails('adding below what is not there', [{ op: 'add', path: '/none/deep', value: 'x' }]),
  fails('moving what is not there', [{ op: 'move', from: '/data/none', path: '/data/x' }]),
  fails('an unknown operation', [{ op: 'frobnicate', path: '/data/a' }]),
  fails('an operation without a name', [{ path: '/data/a' }]),
  fails('no JSON', '{not json', undecodable("invalid character 'n' looking for beginning of object key string")),
  fails('no body', '', undecodable('unexpected end of JSON input')),
  fails(
    'an object instead of a list',
    { data: { a: '1' } },
    undecodable('json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp'),
  ),
  fails(
    'a text instead of an operation',
    ['x'],
    undecodable('json: cannot unmarshal string into Go value of type handlers.jsonPatchOp'),
  ),
  {
    name: 'JSON patch: of an object that is not there',
    steps: [jsonPatch(MAP, [{ op: 'add', path: '/data/c', value: '3' }], notFound({ kind: 'configmaps', name: 'm' }))],
  },
  {
    name: 'JSON patch: of a version that is gone',
    steps: [
      makeMap,
      jsonPatch(
        MAP,
        [{ op: 'replace', path: '/metadata/resourceVersion', value: '1' }],
        conflict({ kind: 'configmaps', name: 'm' }, STALE),
      ),
      jsonPatch(MAP, [{ op: 'test', path: '/metadata/resourceVersion', value: '1' }], UNFIT),
    ],
  },
  {
    name: 'JSON patch: of the identity',
    steps: [
      makeMap,
      jsonPatch(
        MAP,
        [{ op: 'replace', path: '/metadata/name', value: 'other' }],
        badRequest('the name of the object (other) does not match the name on the URL (m)'),
      ),
      jsonPatch(
        MAP,
        [{ op: 'replace', path: '/metadata/namespace', value: 'default' }],
        badRequest('the namespace of the provided object does not match the namespace sent on the request'),
      ),
      jsonPatch(
        MAP,
        [{ op: 'replace', path: '/metadata/uid', value: '00000000-0000-4000-8000-000000000000' }],
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
    name: 'JSON patch: a value of another type quotes the object',
    steps: [
      makeMap,
      jsonPatch(
        MAP,
        [{ op: 'replace', path: '/data/a', value: 5 }],
        refused(
          422,
          'Invalid',
          /^ "" is invalid: patch: Invalid value: "\{\\"apiVersion\\":\\"v1\\",\\"data\\":\{\\"a\\":5,.*\}": json: cannot unmarshal number into Go struct field ConfigMap\.data of type string$/,
          { details: { kind: ABSENT, name: ABSENT, causes: [{ field: 'patch', reason: 'FieldValueInvalid' }] } },
        ),
      ),
    ],
  },
];
