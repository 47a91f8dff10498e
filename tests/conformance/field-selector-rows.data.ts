import { ABSENT } from './match-value';
import type { Row, RowRequest, SendStep } from './row';

const PODS = '/api/v1/namespaces/{ns}/pods';
const EVENTS = '/api/v1/namespaces/{ns}/events';
const items = (names: readonly string[]) => names.map((name) => ({ metadata: { name } }));

/** Pods that no scheduler takes, so that nothing happens to them. */
const pod = (name: string, spec: Readonly<Record<string, unknown>> = {}): SendStep => ({
  send: {
    method: 'POST',
    path: PODS,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { schedulerName: 'nobody', containers: [{ name: 'app', image: 'nginx' }], ...spec },
    },
  },
  expect: { status: 201 },
});

const pods = (name: string, selector: string, names: readonly string[]): Row => ({
  name: `field selector: ${name}`,
  steps: [
    pod('a'),
    pod('b', { restartPolicy: 'Never', hostNetwork: true, serviceAccountName: 'default' }),
    {
      send: { path: PODS, query: { fieldSelector: selector } },
      expect: { status: 200, body: { kind: 'PodList', items: items(names) } },
    },
  ],
});

const event = (name: string, type: string, reason: string, involvedName: string): SendStep => ({
  send: {
    method: 'POST',
    path: EVENTS,
    body: {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name },
      type,
      reason,
      message: 'told by a test',
      source: { component: 'conformance' },
      reportingComponent: 'conformance',
      reportingInstance: 'test',
      involvedObject: {
        apiVersion: 'v1',
        kind: 'Pod',
        name: involvedName,
        namespace: '{ns}',
        uid: `uid-of-${involvedName}`,
      },
    },
  },
  expect: { status: 201 },
});

const events = (name: string, selector: string, names: readonly string[]): Row => ({
  name: `field selector: ${name}`,
  steps: [
    event('first', 'Normal', 'Started', 'web'),
    event('second', 'Warning', 'Failed', 'web'),
    event('third', 'Warning', 'Failed', 'db'),
    {
      send: { path: EVENTS, query: { fieldSelector: `source=conformance,${selector}` } },
      expect: { status: 200, body: { items: items(names) } },
    },
  ],
});

const selects = (name: string, path: string, selector: string): Row => ({
  name: `field selector: ${name}`,
  steps: [{ send: { path, query: { fieldSelector: selector } }, expect: { status: 200, body: { items: [] } } }],
});

const refuses = (name: string, path: string, selector: string, message: string): Row => ({
  name: `field selector: ${name}`,
  steps: [
    {
      send: { path, query: { fieldSelector: selector } },
      expect: { status: 400, body: { reason: 'BadRequest', message, details: ABSENT, code: 400 } },
    },
  ],
});

const namesTheOne = (path: string): RowRequest => ({ path, query: { fieldSelector: 'metadata.name=a' } });

export const FIELD_SELECTOR_ROWS: readonly Row[] = [
  pods('metadata.name', 'metadata.name=a', ['a']),
  pods('metadata.name ==', 'metadata.name==b', ['b']),
  pods('metadata.name !=', 'metadata.name!=a', ['b']),
  pods('metadata.namespace', 'metadata.namespace={ns}', ['a', 'b']),
  pods('metadata.namespace of another', 'metadata.namespace=default', []),
  pods('spec.nodeName of those without one', 'spec.nodeName=', ['a', 'b']),
  pods('spec.nodeName of those with one', 'spec.nodeName!=', []),
  pods('spec.restartPolicy', 'spec.restartPolicy=Never', ['b']),
  pods('spec.serviceAccountName', 'spec.serviceAccountName=default', ['a', 'b']),
  pods('spec.schedulerName', 'spec.schedulerName!=nobody', []),
  pods('spec.hostNetwork', 'spec.hostNetwork=true', ['b']),
  pods('spec.hostNetwork of those that do not say', 'spec.hostNetwork=false', ['a']),
  pods('status.phase', 'status.phase=Pending', ['a', 'b']),
  pods('status.podIP of those without one', 'status.podIP=', ['a', 'b']),
  pods('two fields at once, and a comma too many', 'metadata.name=b,,status.phase=Pending,', ['b']),
  pods('an escaped comma is part of the value', 'metadata.name=a\\,b', []),
  refuses('labels are not fields', PODS, 'metadata.labels=a', 'field label not supported: metadata.labels'),
  refuses('spaces are part of the field', PODS, 'metadata.name = a', 'field label not supported: metadata.name '),
  refuses(
    'a field without a value',
    PODS,
    'metadata.name',
    "invalid selector: 'metadata.name'; can't understand 'metadata.name'",
  ),
  refuses(
    'in is for labels',
    PODS,
    'metadata.name in (a)',
    "invalid selector: 'metadata.name in (a)'; can't understand 'metadata.name in (a)'",
  ),
  refuses('an unknown escape', PODS, 'metadata.name=a\\b', 'invalid field selector: invalid escape sequence: \\b'),
  refuses('= within a value', PODS, 'metadata.name=a=b', 'invalid field selector: unescaped character in value: 61'),
  events('involvedObject.kind and name', 'involvedObject.kind=Pod,involvedObject.name=web', ['first', 'second']),
  events('involvedObject.uid', 'involvedObject.uid=uid-of-db', ['third']),
  events('involvedObject.namespace', 'involvedObject.namespace={ns},involvedObject.apiVersion=v1', [
    'first',
    'second',
    'third',
  ]),
  events('reason', 'reason=Failed', ['second', 'third']),
  events('type', 'type!=Warning', ['first']),
  events('reportingComponent', 'reportingComponent=other', []),
  refuses('a field that events do not have', EVENTS, 'message=x', 'field label not supported: message'),
  selects('type of Secrets', '/api/v1/namespaces/{ns}/secrets', 'type=none'),
  selects('spec.type of Services', '/api/v1/namespaces/{ns}/services', 'spec.type=None,spec.clusterIP=None'),
  selects('status.phase of Namespaces', '/api/v1/namespaces', 'status.phase=None'),
  selects('spec.unschedulable of Nodes', '/api/v1/nodes', 'spec.unschedulable=maybe'),
  selects('status.successful of Jobs', '/apis/batch/v1/namespaces/{ns}/jobs', 'status.successful=7'),
  refuses(
    'Nodes have no namespace',
    '/api/v1/nodes',
    'metadata.namespace=x',
    'field label not supported: metadata.namespace',
  ),
  refuses(
    'kinds without fields of their own say which they have',
    '/apis/apps/v1/namespaces/{ns}/deployments',
    'status.replicas=1',
    '"status.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ),
  refuses(
    'Jobs name themselves',
    '/apis/batch/v1/namespaces/{ns}/jobs',
    'spec.x=0',
    'field label "spec.x" not supported for Job',
  ),
  {
    name: 'field selector: a list by name is a request for that object, also to RBAC',
    user: 'viewer',
    steps: [
      {
        send: namesTheOne('/api/v1/namespaces/{ns}/secrets'),
        expect: {
          status: 403,
          body: {
            message:
              'secrets "a" is forbidden: User "viewer" cannot list resource "secrets" in API group "" in the namespace "{ns}"',
            details: { name: 'a', kind: 'secrets' },
          },
        },
      },
    ],
  },
];
