import { ABSENT, PRESENT } from './match-value';
import type { Row } from './row';
import { apps, configMap, core, deployment, pod, podSpec, restingPod } from './write-objects';
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
  mergePatch,
  notFound,
  OK,
  own,
  post,
  refused,
  remove,
  unknown,
} from './write-steps';

const MAPS = core('configmaps');
const MAP = core('configmaps', 'm');
const WEB = apps('deployments', 'web');
const POD = core('pods', 'p');
const SPACE = '/api/v1/namespaces/{ns}-x';
const OTHER_UID = '00000000-0000-4000-8000-000000000000';
const makeMap = post(MAPS, configMap('m'));
const makeKnownMap = { ...makeMap, save: { uid: 'body.metadata.uid', version: 'body.metadata.resourceVersion' } };
const gone = (path: string, kind = 'configmaps', group?: string) =>
  get(path, notFound({ kind, name: path.split('/').at(-1) ?? '', ...(group === undefined ? {} : { group }) }));
const held = { metadata: { deletionTimestamp: PRESENT } };
const runs = eventually(own(get(POD, holds({ status: { phase: 'Running' } }))));
const owned = (name: string, metadata: object = {}, reference: object = {}) =>
  configMap(
    name,
    { a: '1' },
    { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'm', uid: '{uid}', ...reference }], ...metadata },
  );
const ready = eventually(own(get(WEB, holds({ status: { readyReplicas: 1 } }))));
const ofWeb = { query: { labelSelector: 'app=web' } };
const labelled = (name: string, tier: string) => configMap(name, {}, { labels: { tier } });
const none = eventually(own(get(core('pods'), holds({ items: [] }), ofWeb)));

const ONE_ROWS: readonly Row[] = [
  {
    name: 'delete: answers with what was deleted',
    steps: [
      makeKnownMap,
      remove(
        MAP,
        undefined,
        holds({ kind: 'Status', status: 'Success', details: { name: 'm', kind: 'configmaps', uid: '{uid}' } }),
      ),
      gone(MAP),
      remove(MAP, undefined, notFound({ kind: 'configmaps', name: 'm' })),
    ],
  },
  {
    name: 'delete: of another uid or version than there is',
    steps: [
      makeKnownMap,
      remove(
        MAP,
        { preconditions: { uid: OTHER_UID } },
        conflict(
          { kind: 'ConfigMap', name: 'm' },
          `the UID in the precondition (${OTHER_UID}) does not match the UID in record ({uid}). The object might have been deleted and then recreated`,
        ),
      ),
      remove(
        MAP,
        { preconditions: { resourceVersion: '1' } },
        conflict(
          { kind: 'ConfigMap', name: 'm' },
          'the ResourceVersion in the precondition (1) does not match the ResourceVersion in record ({version}). The object might have been modified',
        ),
      ),
      remove(MAP, { preconditions: { uid: '{uid}', resourceVersion: '{version}' } }),
      gone(MAP),
    ],
  },
  {
    name: 'delete: with a propagation that is none',
    steps: [
      makeMap,
      remove(
        MAP,
        { propagationPolicy: 'Sideways' },
        badOptions(
          'DeleteOptions',
          unknown('propagationPolicy', 'Sideways', 'Foreground', 'Background', 'Orphan', 'nil'),
        ),
      ),
      remove(
        MAP,
        undefined,
        badOptions(
          'DeleteOptions',
          unknown('propagationPolicy', 'Sideways', 'Foreground', 'Background', 'Orphan', 'nil'),
        ),
        { query: { propagationPolicy: 'Sideways' } },
      ),
      remove(
        MAP,
        { propagationPolicy: 'Background', orphanDependents: true },
        badOptions(
          'DeleteOptions',
          bad('propagationPolicy', 'Background', 'orphanDependents and deletionPropagation cannot be both set'),
        ),
      ),
      get(MAP),
    ],
  },
  {
    name: 'delete: with a body that cannot be read, or that is something else',
    steps: [
      makeMap,
      remove(
        MAP,
        '{bad',
        badRequest(
          "couldn't get version/kind; json parse error: invalid character 'b' looking for beginning of object key string",
        ),
      ),
      remove(
        MAP,
        { kind: 'Pod', apiVersion: 'v1' },
        badRequest('no kind "Pod" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"'),
      ),
      remove(MAP, { kind: 'DeleteOptions', apiVersion: 'meta.k8s.io/v1' }),
    ],
  },
  {
    name: 'delete: a finalizer holds the object until it is taken away',
    steps: [
      post(MAPS, configMap('m', {}, { finalizers: ['example.com/hold'] })),
      remove(
        MAP,
        undefined,
        holds({
          metadata: { deletionTimestamp: PRESENT, deletionGracePeriodSeconds: 0, finalizers: ['example.com/hold'] },
        }),
        { save: { version: 'body.metadata.resourceVersion' } },
      ),
      remove(MAP, undefined, holds({ metadata: { resourceVersion: '{version}' } })),
      post(
        MAPS,
        configMap('m'),
        refused(409, 'AlreadyExists', 'object is being deleted: configmaps "m" already exists'),
      ),
      mergePatch(MAP, { data: { x: '1' } }, holds({ data: { x: '1' } })),
      mergePatch(MAP, { metadata: { finalizers: null } }, holds({ metadata: { finalizers: ABSENT } })),
      gone(MAP),
    ],
  },
  {
    name: 'delete: no finalizer joins afterwards',
    steps: [
      post(MAPS, configMap('m', {}, { finalizers: ['example.com/hold'] })),
      remove(MAP),
      mergePatch(
        MAP,
        { metadata: { finalizers: ['example.com/hold', 'example.com/other'] } },
        invalid(
          { kind: 'ConfigMap', name: 'm' },
          ...[1, 2].map(() =>
            forbids(
              'metadata.finalizers',
              'no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/other"}',
            ),
          ),
        ),
      ),
      mergePatch(MAP, { metadata: { finalizers: null } }),
    ],
  },
];

const OWNER_ROWS: readonly Row[] = [
  {
    name: 'owners: background deletion takes the dependents along',
    steps: [
      makeKnownMap,
      post(MAPS, owned('child')),
      remove(MAP, { propagationPolicy: 'Background' }, holds({ status: 'Success' })),
      gone(MAP),
      eventually(gone(core('configmaps', 'child'))),
    ],
  },
  {
    name: 'owners: foreground deletion waits for the dependents that block it',
    steps: [
      makeKnownMap,
      post(MAPS, owned('child')),
      post(
        MAPS,
        owned('blocked', { finalizers: ['example.com/hold'] }, { blockOwnerDeletion: true, controller: true }),
      ),
      remove(
        MAP,
        { propagationPolicy: 'Foreground' },
        holds({
          metadata: { deletionTimestamp: PRESENT, deletionGracePeriodSeconds: 0, finalizers: ['foregroundDeletion'] },
        }),
      ),
      eventually(gone(core('configmaps', 'child'))),
      eventually(get(core('configmaps', 'blocked'), holds(held))),
      get(MAP, holds(held)),
      mergePatch(core('configmaps', 'blocked'), { metadata: { finalizers: null } }),
      eventually(gone(MAP)),
    ],
  },
  {
    name: 'owners: an orphan loses its owner and stays',
    steps: [
      makeKnownMap,
      post(MAPS, owned('child')),
      remove(MAP, { propagationPolicy: 'Orphan' }, holds({ metadata: { finalizers: ['orphan'] } })),
      eventually(gone(MAP)),
      get(core('configmaps', 'child'), holds({ metadata: { ownerReferences: ABSENT } })),
    ],
  },
  {
    name: 'owners: of whom one lives on keep the dependent',
    steps: [
      { ...post(MAPS, configMap('other')), save: { other: 'body.metadata.uid' } },
      makeKnownMap,
      post(
        MAPS,
        configMap(
          'child',
          {},
          {
            ownerReferences: [
              { apiVersion: 'v1', kind: 'ConfigMap', name: 'm', uid: '{uid}' },
              { apiVersion: 'v1', kind: 'ConfigMap', name: 'other', uid: '{other}' },
            ],
          },
        ),
      ),
      remove(MAP),
      eventually(
        get(
          core('configmaps', 'child'),
          holds({ metadata: { ownerReferences: [{ name: 'other' }], deletionTimestamp: ABSENT } }),
        ),
      ),
    ],
  },
  {
    name: 'owners: that never were have no dependents for long',
    steps: [
      own(
        post(
          MAPS,
          configMap(
            'child',
            {},
            { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'm', uid: OTHER_UID }] },
          ),
        ),
      ),
      eventually(gone(core('configmaps', 'child'))),
    ],
  },
  {
    name: 'owners: only one of them is the controller',
    steps: [
      makeKnownMap,
      post(
        MAPS,
        configMap(
          'two',
          {},
          {
            ownerReferences: [
              { apiVersion: 'v1', kind: 'ConfigMap', name: 'm', uid: '{uid}', controller: true },
              { apiVersion: 'v1', kind: 'ConfigMap', name: 'n', uid: 'zzz', controller: true },
            ],
          },
        ),
        refused(
          422,
          'Invalid',
          /Only one reference can have Controller set to true\. Found "true" in references for ConfigMap\/m and ConfigMap\/n$/,
        ),
      ),
    ],
  },
  {
    name: 'owners: a deployment goes with its replica set and its pods',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 1 })),
      ready,
      own(remove(WEB, { propagationPolicy: 'Background' }, holds({ status: 'Success' }))),
      gone(WEB, 'deployments', 'apps'),
      eventually(own(get(apps('replicasets'), holds({ items: [] })))),
      none,
    ],
  },
  {
    name: 'owners: a deployment in the foreground goes last',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 1 })),
      ready,
      own(remove(WEB, { propagationPolicy: 'Foreground' }, holds(held))),
      eventually(gone(WEB, 'deployments', 'apps')),
      own(get(apps('replicasets'), holds({ items: [] }))),
      own(get(core('pods'), holds({ items: [] }), ofWeb)),
    ],
  },
  {
    name: 'owners: a deployment may leave its replica set behind',
    steps: [
      post(apps('deployments'), deployment('web', { replicas: 1 })),
      ready,
      own(remove(WEB, { propagationPolicy: 'Orphan' }, holds(held))),
      eventually(gone(WEB, 'deployments', 'apps')),
      own(get(apps('replicasets'), holds({ items: [{ metadata: { ownerReferences: ABSENT } }] }))),
      own(get(core('pods'), holds({ items: [{ metadata: { ownerReferences: [{ kind: 'ReplicaSet' }] } }] }), ofWeb)),
    ],
  },
];

const COLLECTION_ROWS: readonly Row[] = [
  {
    name: 'delete many: by labels, then by a field',
    steps: [
      post(MAPS, labelled('a', '1')),
      post(MAPS, labelled('b', '1')),
      post(MAPS, labelled('c', '2')),
      remove(
        MAPS,
        undefined,
        holds({ kind: 'ConfigMapList', items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }] }),
        { query: { labelSelector: 'tier=1' } },
      ),
      get(MAPS, holds({ items: [{ metadata: { name: 'c' } }] }), { query: { labelSelector: 'tier' } }),
      remove(MAPS, undefined, holds({ items: [{ metadata: { name: 'c' } }] }), {
        query: { fieldSelector: 'metadata.name=c' },
      }),
      get(MAPS, holds({ items: [] }), { query: { labelSelector: 'tier' } }),
    ],
  },
  {
    name: 'delete many: of none, and with a selector that cannot be read',
    steps: [
      remove(core('services'), undefined, holds({ kind: 'ServiceList', items: [] })),
      remove(core('pods'), undefined, badRequest("unable to parse requirement: found '(', expected: identifier"), {
        query: { labelSelector: 'bad=(' },
      }),
    ],
  },
  {
    name: 'delete many: those with a finalizer stay',
    steps: [
      post(MAPS, configMap('a', {}, { labels: { tier: '1' }, finalizers: ['example.com/hold'] })),
      post(MAPS, labelled('b', '1')),
      remove(MAPS, undefined, OK, { query: { labelSelector: 'tier=1' } }),
      get(MAPS, holds({ items: [{ metadata: { name: 'a', deletionTimestamp: PRESENT } }] }), {
        query: { labelSelector: 'tier=1' },
      }),
      mergePatch(core('configmaps', 'a'), { metadata: { finalizers: null } }),
    ],
  },
];

const POD_ROWS: readonly Row[] = [
  {
    name: 'pods: one that no node runs is gone at once',
    steps: [
      post(core('pods'), restingPod('p')),
      remove(POD, undefined, holds({ kind: 'Pod', metadata: { deletionGracePeriodSeconds: 0, generation: 2 } })),
      gone(POD, 'pods'),
    ],
  },
  {
    name: 'pods: a running one is given the time it asks for',
    steps: [
      post(
        core('pods'),
        pod('p', podSpec({}, { terminationGracePeriodSeconds: 7 }), { finalizers: ['example.com/hold'] }),
      ),
      runs,
      own(remove(POD, undefined, holds({ metadata: { deletionGracePeriodSeconds: 7, deletionTimestamp: PRESENT } }))),
      mergePatch(POD, { metadata: { finalizers: null } }, { status: 200 }, { isOwnToCluster: true }),
      eventually(gone(POD, 'pods')),
    ],
  },
  {
    name: 'pods: the time that is left may be cut, not lengthened',
    // No such node runs the pod: nobody ends it before its time.
    steps: [
      post(core('pods'), pod('p', podSpec({}, { nodeName: 'nowhere' }))),
      remove(POD, undefined, holds({ metadata: { deletionGracePeriodSeconds: 20 } }), {
        query: { gracePeriodSeconds: 20 },
      }),
      remove(POD, { gracePeriodSeconds: 5 }, holds({ metadata: { deletionGracePeriodSeconds: 5 } })),
      remove(POD, { gracePeriodSeconds: 25 }, holds({ metadata: { deletionGracePeriodSeconds: 5 } })),
      remove(POD, { gracePeriodSeconds: 0 }),
      gone(POD, 'pods'),
    ],
  },
  {
    name: 'pods: no time at all',
    steps: [
      post(core('pods'), pod('p')),
      runs,
      own(remove(POD, { gracePeriodSeconds: 0 }, holds({ kind: 'Pod', metadata: { deletionGracePeriodSeconds: 0 } }))),
      gone(POD, 'pods'),
    ],
  },
];

export const NAMESPACE_ROWS: readonly Row[] = [
  {
    name: 'namespaces: go with all that is in them',
    steps: [
      post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: '{ns}-x' } }),
      post(`${SPACE}/configmaps`, configMap('m')),
      post(`${SPACE}/pods`, restingPod('p')),
      remove(SPACE, undefined, holds({ kind: 'Namespace', status: { phase: 'Terminating' } })),
      eventually(get(SPACE, notFound({ kind: 'namespaces', name: '{ns}-x' }))),
      get(`${SPACE}/configmaps/m`, notFound({ kind: 'configmaps', name: 'm' })),
      get(`${SPACE}/pods/p`, notFound({ kind: 'pods', name: 'p' })),
    ],
  },
  {
    name: 'namespaces: nothing new comes into one that is going',
    steps: [
      post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: '{ns}-x' } }),
      post(`${SPACE}/configmaps`, configMap('m', {}, { finalizers: ['example.com/hold'] })),
      remove(SPACE),
      post(
        `${SPACE}/configmaps`,
        configMap('n'),
        refused(
          403,
          'Forbidden',
          'configmaps "n" is forbidden: unable to create new content in namespace {ns}-x because it is being terminated',
          {
            details: {
              name: 'n',
              kind: 'configmaps',
              causes: [
                {
                  reason: 'NamespaceTerminating',
                  message: 'namespace {ns}-x is being terminated',
                  field: 'metadata.namespace',
                },
              ],
            },
          },
        ),
      ),
      own(remove(SPACE, undefined, holds({ status: { phase: 'Terminating' } }))),
      eventually(get(`${SPACE}/configmaps/m`, holds(held))),
      mergePatch(`${SPACE}/configmaps/m`, { metadata: { finalizers: null } }),
      eventually(get(SPACE, notFound({ kind: 'namespaces', name: '{ns}-x' }))),
    ],
  },
  {
    name: 'namespaces: some may not be deleted, and never all',
    steps: [
      ...['default', 'kube-system'].map((name) =>
        remove(
          `/api/v1/namespaces/${name}`,
          undefined,
          refused(403, 'Forbidden', `namespaces "${name}" is forbidden: this namespace may not be deleted`, {
            details: { name, kind: 'namespaces' },
          }),
        ),
      ),
      remove(
        '/api/v1/namespaces',
        undefined,
        refused(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource'),
      ),
    ],
  },
];

export const DELETION_ROWS: readonly Row[] = [...ONE_ROWS, ...OWNER_ROWS, ...COLLECTION_ROWS, ...POD_ROWS];
