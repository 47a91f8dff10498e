import { CONFIG_MAPS, createMap, createMaps, deleteMap, saveVersion } from './config-map-steps';
import { ABSENT, PRESENT } from './match-value';
import type { Row, RowRequest, SendStep } from './row';

type Query = NonNullable<RowRequest['query']>;

const names = (...items: readonly string[]) => items.map((name) => ({ metadata: { name } }));
const ask = (query: Query): RowRequest => ({ path: CONFIG_MAPS, query: { labelSelector: 'row', ...query } });

/** One page: its items, whether more follow, and how many. */
const page = (
  query: Query,
  items: readonly string[],
  more: { readonly isLast?: boolean; readonly version?: string } = {},
): SendStep => ({
  send: ask(query),
  expect: {
    status: 200,
    body: {
      kind: 'ConfigMapList',
      metadata: {
        continue: more.isLast ? ABSENT : PRESENT,
        remainingItemCount: ABSENT,
        resourceVersion: more.version ?? PRESENT,
      },
      items: names(...items),
    },
  },
  save: more.isLast ? {} : { next: 'body.metadata.continue', version: 'body.metadata.resourceVersion' },
});

const answers = (name: string, query: Query, items: readonly string[]): Row => ({
  name: `list: ${name}`,
  // A cache may be a moment behind.
  steps: [...createMaps('a', 'b'), { ...page(query, items, { isLast: true }), isEventual: true }],
});

const refuses = (name: string, query: Query, status: number, message: string, reason = 'BadRequest'): Row => ({
  name: `list: ${name}`,
  steps: [{ send: ask(query), expect: { status, body: { kind: 'Status', reason, message, code: status } } }],
});

interface Cause {
  readonly reason: string;
  readonly field: string;
  readonly text: string;
}

const forbidden = (text: string, field = 'resourceVersionMatch'): Cause => ({
  reason: 'FieldValueForbidden',
  field,
  text: `Forbidden: ${text}`,
});

const invalid = (name: string, query: Query, ...causes: readonly Cause[]): Row => {
  const texts = causes.map(({ field, text }) => `${field}: ${text}`);
  const all = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const details = {
    group: 'meta.k8s.io',
    kind: 'ListOptions',
    causes: causes.map(({ reason, field, text }) => ({ reason, field, message: text })),
  };
  const body = { reason: 'Invalid', message: `ListOptions.meta.k8s.io "" is invalid: ${all}`, details };
  return { name: `list: ${name}`, steps: [{ send: ask(query), expect: { status: 422, body } }] };
};

const token = (content: unknown) =>
  Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url');
const badToken = (name: string, value: string, why: string) =>
  refuses(
    `a continue token ${name}`,
    { limit: 1, continue: value },
    400,
    `invalid continue token: continue key is not valid${why}`,
  );

const UNLESS_VERSION = forbidden('resourceVersionMatch is forbidden unless resourceVersion is provided');
const NOT_FOR_LIST = forbidden('sendInitialEvents is forbidden for list', 'sendInitialEvents');

export const LIST_ROWS: readonly Row[] = [
  {
    name: 'list: pages stay those of the first page while objects come and go',
    steps: [
      ...createMaps('a', 'b', 'c', 'd', 'e'),
      page({ limit: 2 }, ['a', 'b']),
      createMap('bb'),
      deleteMap('d'),
      page({ limit: 2, continue: '{next}' }, ['c', 'd'], { version: '{version}' }),
      page({ limit: 2, continue: '{next}' }, ['e'], { isLast: true, version: '{version}' }),
      page({}, ['a', 'b', 'bb', 'c', 'e'], { isLast: true }),
    ],
  },
  {
    name: 'list: says how many follow when nothing is selected',
    steps: [
      ...['a', 'b', 'c'].map(
        (name): SendStep => ({
          send: {
            method: 'POST',
            path: '/apis/apps/v1/namespaces/{ns}/controllerrevisions',
            body: { apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata: { name }, data: {}, revision: 1 },
          },
          expect: { status: 201 },
        }),
      ),
      {
        send: { path: '/apis/apps/v1/namespaces/{ns}/controllerrevisions', query: { limit: 1 } },
        expect: { status: 200, body: { metadata: { remainingItemCount: 2, continue: PRESENT }, items: names('a') } },
        save: { next: 'body.metadata.continue' },
      },
      {
        send: { path: '/apis/apps/v1/namespaces/{ns}/controllerrevisions', query: { limit: 1, continue: '{next}' } },
        expect: { status: 200, body: { metadata: { remainingItemCount: 1, continue: PRESENT }, items: names('b') } },
        save: { next: 'body.metadata.continue' },
      },
      {
        send: { path: '/apis/apps/v1/namespaces/{ns}/controllerrevisions', query: { limit: 1, continue: '{next}' } },
        expect: {
          status: 200,
          body: { metadata: { remainingItemCount: ABSENT, continue: ABSENT }, items: names('c') },
        },
      },
    ],
  },
  {
    name: 'list: the rest without a limit',
    steps: [
      ...createMaps('a', 'b', 'c'),
      page({ limit: 1 }, ['a']),
      page({ continue: '{next}' }, ['b', 'c'], { isLast: true }),
    ],
  },
  {
    name: 'list: a limit below zero is none',
    steps: [...createMaps('a', 'b'), page({ limit: -1 }, ['a', 'b'], { isLast: true })],
  },
  answers('version 0 is whatever is at hand, without pages', { resourceVersion: 0, limit: 1 }, ['a', 'b']),
  answers('version 0 and NotOlderThan', { resourceVersion: 0, resourceVersionMatch: 'NotOlderThan' }, ['a', 'b']),
  answers(
    'an old version and NotOlderThan is the present state',
    { resourceVersion: 1, resourceVersionMatch: 'NotOlderThan' },
    ['a', 'b'],
  ),
  answers('an old version alone is the present state', { resourceVersion: 1 }, ['a', 'b']),
  answers('watch=false is a list', { watch: 'false' }, ['a', 'b']),
  {
    name: 'list: exactly as it was at a version',
    steps: [
      createMap('a'),
      saveVersion('a'),
      createMap('b'),
      deleteMap('a'),
      page({ resourceVersion: '{version}', resourceVersionMatch: 'Exact' }, ['a'], {
        isLast: true,
        version: '{version}',
      }),
    ],
  },
  {
    name: 'list: a limit at a version means exactly that version',
    steps: [
      createMap('a'),
      saveVersion('a'),
      createMap('b'),
      {
        send: ask({ resourceVersion: '{version}', limit: 9 }),
        expect: { status: 200, body: { metadata: { resourceVersion: '{version}' }, items: names('a') } },
      },
    ],
  },
  {
    name: 'list: not older than a version is the present state',
    steps: [
      ...createMaps('a', 'b'),
      saveVersion('b'),
      page({ resourceVersion: '{version}', resourceVersionMatch: 'NotOlderThan' }, ['a', 'b'], { isLast: true }),
    ],
  },
  {
    name: 'list: a version that is still to come is waited for, in vain',
    steps: [
      {
        send: ask({ resourceVersion: 999_999_999, resourceVersionMatch: 'Exact' }),
        expect: {
          status: 504,
          headers: { 'retry-after': '1' },
          body: {
            reason: 'Timeout',
            message: /^Timeout: Too large resource version: 999999999, current: \d+$/,
            details: {
              causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
              retryAfterSeconds: 1,
            },
          },
        },
      },
    ],
  },
  {
    name: 'list: a continue token and a version do not go together',
    steps: [
      ...createMaps('a', 'b'),
      page({ limit: 1 }, ['a']),
      {
        send: ask({ continue: '{next}', resourceVersion: 1 }),
        expect: { status: 400, body: { message: 'specifying resource version is not allowed when using continue' } },
      },
    ],
  },
  invalid('Exact without a version', { resourceVersionMatch: 'Exact' }, UNLESS_VERSION),
  invalid(
    'NotOlderThan with an empty version',
    { resourceVersion: '', resourceVersionMatch: 'NotOlderThan' },
    UNLESS_VERSION,
  ),
  invalid(
    'Exact with version 0',
    { resourceVersion: 0, resourceVersionMatch: 'Exact' },
    forbidden('resourceVersionMatch "exact" is forbidden for resourceVersion "0"'),
  ),
  invalid(
    'an unknown match',
    { resourceVersion: 1, resourceVersionMatch: 'Newest' },
    {
      reason: 'FieldValueNotSupported',
      field: 'resourceVersionMatch',
      text: 'Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""',
    },
  ),
  invalid(
    'a match with a continue token',
    { continue: 'abc', resourceVersionMatch: 'Exact' },
    UNLESS_VERSION,
    forbidden('resourceVersionMatch is forbidden when continue is provided'),
  ),
  invalid('initial events are for watches', { sendInitialEvents: true }, NOT_FOR_LIST),
  invalid(
    'two things wrong at once',
    { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' },
    UNLESS_VERSION,
    NOT_FOR_LIST,
  ),
  refuses('a limit that is no number', { limit: 'x' }, 400, 'strconv.ParseInt: parsing "x": invalid syntax'),
  refuses(
    'a timeout that is no number',
    { timeoutSeconds: '1s' },
    400,
    'strconv.ParseInt: parsing "1s": invalid syntax',
  ),
  refuses(
    'a version that is no number',
    { resourceVersion: 'x' },
    400,
    'invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
  ),
  badToken('that is not base64', 'a*b', ': illegal base64 data at input byte 1'),
  badToken(
    'of another version',
    token({ v: 'meta.k8s.io/v2', rv: 1, start: 'a' }),
    ': server does not recognize this encoded version meta.k8s.io/v2',
  ),
  badToken(
    'without a version',
    token({ v: 'meta.k8s.io/v1', rv: 0, start: 'a' }),
    ': incorrect encoded start resourceVersion (version meta.k8s.io/v1)',
  ),
  badToken(
    'without a place',
    token({ v: 'meta.k8s.io/v1', rv: 1, start: '' }),
    ': encoded start key empty (version meta.k8s.io/v1)',
  ),
  badToken('that climbs out', token({ v: 'meta.k8s.io/v1', rv: 1, start: '../a' }), ': ../a'),
];
