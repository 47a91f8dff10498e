import { CONFIG_MAPS, createMap, deleteMap, labelMap, saveVersion } from './config-map-steps';
import { ABSENT, PRESENT } from './match-value';
import type { Row, RowRequest, WatchStep } from './row';

type Query = NonNullable<RowRequest['query']>;

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const METADATA = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';
const INITIAL = { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan', allowWatchBookmarks: true };
const END_OF_INITIAL = { 'k8s.io/initial-events-end': 'true' };

const watch = (
  query: Query,
  rest: Omit<WatchStep, 'watch' | 'expect'>,
  events: readonly unknown[],
  accept?: string,
): WatchStep => ({
  watch: { path: CONFIG_MAPS, query: { labelSelector: 'row', ...query }, ...(accept === undefined ? {} : { accept }) },
  ...rest,
  expect: { events },
});

const event = (type: string, name: string, labels?: unknown) => ({
  type,
  object: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name, ...(labels === undefined ? {} : { labels }) } },
});
const bookmark = (annotations: unknown = ABSENT) => ({
  type: 'BOOKMARK',
  object: {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: { name: ABSENT, creationTimestamp: ABSENT, resourceVersion: /^\d+$/, annotations },
  },
});

const refuses = (name: string, query: Query, status: number, body: unknown): Row => ({
  name: `watch: ${name}`,
  steps: [
    { watch: { path: CONFIG_MAPS, query: { timeoutSeconds: 1, ...query } }, until: 'end', expect: { status, body } },
  ],
});

const invalid = (name: string, query: Query, ...texts: readonly string[]): Row => {
  const listed = texts.map((text) => `resourceVersionMatch: ${text}`);
  const all = listed.length === 1 ? listed[0] : `[${listed.join(', ')}]`;
  return refuses(name, query, 422, {
    reason: 'Invalid',
    message: `ListOptions.meta.k8s.io "" is invalid: ${all}`,
    details: { kind: 'ListOptions', causes: texts.map((message) => ({ field: 'resourceVersionMatch', message })) },
  });
};

const NEEDS_MATCH = 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
const NOT_WITH_CONTINUE = 'Forbidden: resourceVersionMatch is forbidden when continue is provided';

export const WATCH_ROWS: readonly Row[] = [
  {
    name: 'watch: from a version tells what was missed, then what comes',
    steps: [
      createMap('a'),
      saveVersion('a'),
      createMap('b'),
      labelMap('a', { x: '1' }),
      deleteMap('b'),
      watch({ resourceVersion: '{version}' }, { after: 3, meanwhile: [createMap('c')], until: 4 }, [
        event('ADDED', 'b'),
        event('MODIFIED', 'a', { row: 'yes', x: '1' }),
        event('DELETED', 'b'),
        event('ADDED', 'c'),
      ]),
    ],
  },
  ...['', '0'].map(
    (version): Row => ({
      name: `watch: from ${version === '' ? 'no version' : 'version 0'} begins with what is there`,
      steps: [
        createMap('a'),
        watch({ resourceVersion: version }, { after: 1, meanwhile: [deleteMap('a')], until: 2 }, [
          event('ADDED', 'a'),
          event('DELETED', 'a'),
        ]),
      ],
    }),
  ),
  {
    name: 'watch: an object that leaves the selection is deleted for the watch, one that enters is added',
    steps: [
      createMap('a'),
      saveVersion('a'),
      watch(
        { resourceVersion: '{version}' },
        {
          meanwhile: [
            labelMap('a', { row: null, y: '1' }),
            labelMap('a', { y: '2' }),
            labelMap('a', { row: 'yes' }),
            labelMap('a', { y: '3' }),
          ],
          until: 3,
        },
        [
          // As it was when it was last selected.
          event('DELETED', 'a', { row: 'yes', y: ABSENT }),
          event('ADDED', 'a', { row: 'yes', y: '2' }),
          event('MODIFIED', 'a', { row: 'yes', y: '3' }),
        ],
      ),
    ],
  },
  {
    name: 'watch: DELETED carries the last state with the version of the deletion',
    steps: [
      createMap('a'),
      saveVersion('a'),
      watch(
        { resourceVersion: '{version}' },
        { meanwhile: [labelMap('a', { last: 'yes' }), deleteMap('a')], until: 2 },
        [
          event('MODIFIED', 'a'),
          {
            type: 'DELETED',
            object: { metadata: { labels: { row: 'yes', last: 'yes' }, resourceVersion: PRESENT, uid: PRESENT } },
          },
        ],
      ),
    ],
  },
  {
    name: 'watch: one object by a field selector',
    steps: [
      createMap('a'),
      watch(
        { fieldSelector: 'metadata.name=a' },
        { after: 1, meanwhile: [createMap('b'), labelMap('a', { x: '1' }), deleteMap('a')], until: 3 },
        [event('ADDED', 'a'), event('MODIFIED', 'a'), event('DELETED', 'a')],
      ),
    ],
  },
  {
    name: 'watch: all of a kind but one, by a field selector',
    steps: [
      createMap('a'),
      watch({ fieldSelector: 'metadata.name!=a,metadata.namespace={ns}' }, { meanwhile: [createMap('b')], until: 1 }, [
        event('ADDED', 'b'),
      ]),
    ],
  },
  {
    name: 'watch: tables carry their columns once',
    steps: [
      createMap('a'),
      watch(
        {},
        { after: 1, meanwhile: [labelMap('a', { x: '1' })], until: 2 },
        [
          {
            type: 'ADDED',
            object: {
              kind: 'Table',
              apiVersion: 'meta.k8s.io/v1',
              metadata: { resourceVersion: PRESENT },
              columnDefinitions: [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }],
              rows: [{ cells: ['a', 0, PRESENT], object: { kind: 'PartialObjectMetadata', metadata: { name: 'a' } } }],
            },
          },
          {
            type: 'MODIFIED',
            object: {
              kind: 'Table',
              columnDefinitions: null,
              rows: [{ object: { metadata: { labels: { x: '1' } } } }],
            },
          },
        ],
        TABLE,
      ),
    ],
  },
  {
    name: 'watch: metadata only',
    steps: [
      createMap('a'),
      watch(
        {},
        { after: 1, meanwhile: [deleteMap('a')], until: 2 },
        [
          {
            type: 'ADDED',
            object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'a' } },
          },
          { type: 'DELETED', object: { kind: 'PartialObjectMetadata', metadata: { name: 'a' } } },
        ],
        METADATA,
      ),
    ],
  },
  {
    name: 'watch: initial events end with a bookmark that says so',
    steps: [
      createMap('a'),
      createMap('b'),
      watch(INITIAL, { after: 3, meanwhile: [createMap('c')], until: 4 }, [
        event('ADDED', 'a'),
        event('ADDED', 'b'),
        bookmark(END_OF_INITIAL),
        event('ADDED', 'c'),
      ]),
    ],
  },
  {
    name: 'watch: initial events of none end with a bookmark as well',
    steps: [watch(INITIAL, { after: 1, until: 1 }, [bookmark(END_OF_INITIAL)])],
  },
  {
    name: 'watch: without a version bookmarks end the initial events too',
    steps: [
      createMap('a'),
      watch({ allowWatchBookmarks: true }, { until: 2 }, [event('ADDED', 'a'), bookmark(END_OF_INITIAL)]),
    ],
  },
  {
    name: 'watch: the bookmark of a table watch is a table of one empty row',
    steps: [
      watch(
        INITIAL,
        { until: 1 },
        [
          {
            type: 'BOOKMARK',
            object: {
              kind: 'Table',
              metadata: { resourceVersion: PRESENT },
              columnDefinitions: [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }],
              rows: [
                {
                  cells: ['', 0, '<unknown>'],
                  object: { kind: 'PartialObjectMetadata', metadata: { annotations: END_OF_INITIAL } },
                },
              ],
            },
          },
        ],
        TABLE,
      ),
    ],
  },
  {
    name: 'watch: the bookmark of a watch of metadata is metadata',
    steps: [
      watch(
        INITIAL,
        { until: 1 },
        [{ type: 'BOOKMARK', object: { kind: 'PartialObjectMetadata', metadata: { annotations: END_OF_INITIAL } } }],
        METADATA,
      ),
    ],
  },
  {
    name: 'watch: a bookmark comes before the time is up',
    steps: [
      createMap('a'),
      saveVersion('a'),
      watch(
        { resourceVersion: '{version}', allowWatchBookmarks: true, timeoutSeconds: 4 },
        { until: 1, hasBookmarks: true },
        [bookmark()],
      ),
    ],
  },
  {
    name: 'watch: no initial events means changes from now on',
    steps: [
      createMap('a'),
      watch(
        { sendInitialEvents: false, resourceVersionMatch: 'NotOlderThan' },
        { meanwhile: [createMap('b')], until: 1 },
        [event('ADDED', 'b')],
      ),
    ],
  },
  {
    name: 'watch: ends when timeoutSeconds are over',
    steps: [createMap('a'), watch({ timeoutSeconds: 1 }, { until: 'end' }, [event('ADDED', 'a')])],
  },
  {
    name: 'watch: any word but false asks for one',
    steps: [
      createMap('a'),
      {
        watch: { path: `${CONFIG_MAPS}?watch=please`, query: { labelSelector: 'row', timeoutSeconds: 1 } },
        until: 'end',
        expect: { events: [event('ADDED', 'a')] },
      },
    ],
  },
  {
    name: 'watch: by the old path',
    steps: [
      createMap('a'),
      {
        watch: { path: '/api/v1/watch/namespaces/{ns}/configmaps', query: { labelSelector: 'row', timeoutSeconds: 1 } },
        until: 'end',
        expect: { events: [event('ADDED', 'a')] },
      },
    ],
  },
  {
    name: 'watch: of one object by its path is a read',
    steps: [
      createMap('a'),
      {
        send: { path: `${CONFIG_MAPS}/a`, query: { watch: true } },
        expect: { status: 200, body: { kind: 'ConfigMap', metadata: { name: 'a' } } },
      },
    ],
  },
  {
    name: 'watch: does not see the namespace beside it',
    steps: [
      {
        watch: { path: CONFIG_MAPS, query: { timeoutSeconds: 1, labelSelector: 'watch-row' } },
        meanwhile: [
          {
            send: {
              method: 'POST',
              path: '/api/v1/namespaces/default/configmaps',
              body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '{ns}', labels: { 'watch-row': 'yes' } } },
            },
            expect: { status: 201 },
          },
          { send: { method: 'DELETE', path: '/api/v1/namespaces/default/configmaps/{ns}' }, expect: { status: 200 } },
        ],
        until: 'end',
        expect: { events: [] },
      },
    ],
  },
  invalid('initial events without a match', { sendInitialEvents: true }, NEEDS_MATCH),
  invalid(
    'initial events with Exact',
    { sendInitialEvents: true, resourceVersionMatch: 'Exact' },
    NEEDS_MATCH,
    'Unsupported value: "Exact": supported values: "NotOlderThan"',
  ),
  invalid(
    'a match without initial events',
    { resourceVersionMatch: 'NotOlderThan' },
    'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
  ),
  invalid('a continue token', { continue: 'abc' }, NOT_WITH_CONTINUE),
  refuses('a version that is no number', { resourceVersion: 'x' }, 500, {
    reason: ABSENT,
    details: ABSENT,
    message: 'resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
    code: 500,
  }),
  refuses('a label selector that cannot be read', { labelSelector: '=' }, 400, {
    reason: 'BadRequest',
    message: "found '=', expected: !, identifier, or 'end of string'",
  }),
  refuses('a field that cannot be selected by', { fieldSelector: 'data=x' }, 400, {
    reason: 'BadRequest',
    message: '"data" is not a known field selector: only "metadata.name", "metadata.namespace"',
  }),
];
