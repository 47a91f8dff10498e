import { beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from './api-error';
import { KINDS } from './kinds';
import type { KubeObject, NewObject } from './object-types';
import { createStore, type Store } from './store';

let store: Store;
beforeEach(() => {
  store = createStore(KINDS);
  for (const name of ['mission', 'other']) {
    store.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      spec: { finalizers: ['kubernetes'] },
    });
  }
});

const owner = (object: KubeObject) => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  name: object.metadata.name,
  uid: object.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
});

function make(
  resource: string,
  name: string,
  owners: readonly KubeObject[] = [],
  over: Partial<NewObject> = {},
): KubeObject {
  const row = store.kind(resource);
  return store.create(resource, {
    apiVersion: row.group === '' ? 'v1' : `${row.group}/v1`,
    kind: row.kind,
    metadata: { name, namespace: 'mission', ...(owners.length === 0 ? {} : { ownerReferences: owners.map(owner) }) },
    ...over,
  });
}

const names = (resource: string) => store.list(resource, 'mission').map((object) => object.metadata.name);

/** A deployment with a replica set and two pods. */
function makeTree(pod: Partial<NewObject> = {}): KubeObject {
  const deployment = make('deployments.apps', 'web');
  const replicaSet = make('replicasets.apps', 'web-1', [deployment]);
  for (const name of ['a', 'b']) make('pods', name, [replicaSet], pod);
  return deployment;
}

describe('deleting an owner', () => {
  it('deletes what it owns, in the background', () => {
    const deployment = makeTree();
    store.delete('deployments.apps', deployment.metadata);
    expect([names('deployments.apps'), names('replicasets.apps'), names('pods')]).toEqual([[], [], []]);
  });

  it('leaves orphans behind when asked to', () => {
    const deployment = makeTree();
    store.delete('deployments.apps', deployment.metadata, { propagationPolicy: 'Orphan' });
    expect([names('deployments.apps'), names('replicasets.apps'), names('pods')]).toEqual([[], ['web-1'], ['a', 'b']]);
    expect(
      store.get('replicasets.apps', { namespace: 'mission', name: 'web-1' })?.metadata.ownerReferences,
    ).toBeUndefined();
  });

  it('waits in the foreground until what it owns is gone', () => {
    const deployment = makeTree({ spec: { nodeName: 'node-1' } });
    store.delete('deployments.apps', deployment.metadata, { propagationPolicy: 'Foreground' });
    expect(store.get('deployments.apps', deployment.metadata)?.metadata).toMatchObject({
      finalizers: ['foregroundDeletion'],
      deletionTimestamp: expect.any(String),
    });
    expect(names('pods')).toEqual(['a', 'b']);
    for (const name of names('pods'))
      store.delete('pods', { namespace: 'mission', name }, { gracePeriodSeconds: 0, propagationPolicy: 'Background' });
    expect([names('deployments.apps'), names('replicasets.apps'), names('pods')]).toEqual([[], [], []]);
  });

  it('keeps what another owner still holds', () => {
    const [first, second] = [make('configmaps', 'one'), make('configmaps', 'two')];
    make('secrets', 'shared', [first, second]);
    store.delete('configmaps', first.metadata);
    expect(names('secrets')).toEqual(['shared']);
    store.delete('configmaps', second.metadata);
    expect(names('secrets')).toEqual([]);
  });

  it('is not fooled by an owner of the same name and another uid', () => {
    const first = make('configmaps', 'one');
    make('secrets', 'own', [first]);
    store.delete('configmaps', first.metadata, { propagationPolicy: 'Orphan' });
    const second = make('configmaps', 'one');
    store.delete('configmaps', second.metadata);
    expect(names('secrets')).toEqual(['own']);
  });
});

describe('deleting a pod', () => {
  it.each<
    [name: string, over: Partial<NewObject>, options: { gracePeriodSeconds?: number }, grace: number | undefined]
  >([
    ['without a node goes at once', {}, {}, undefined],
    ['on a node waits 30 seconds', { spec: { nodeName: 'n' } }, {}, 30],
    ['keeps its own grace', { spec: { nodeName: 'n', terminationGracePeriodSeconds: 5 } }, {}, 5],
    ['takes the grace it is given', { spec: { nodeName: 'n' } }, { gracePeriodSeconds: 2 }, 2],
    ['goes at once without grace', { spec: { nodeName: 'n' } }, { gracePeriodSeconds: 0 }, undefined],
    ['that has ended goes at once', { spec: { nodeName: 'n' }, status: { phase: 'Succeeded' } }, {}, undefined],
  ])('%s', (_name, over, options, grace) => {
    const pod = make('pods', 'p', [], over);
    store.delete('pods', pod.metadata, options);
    expect(store.get('pods', pod.metadata)?.metadata.deletionGracePeriodSeconds).toBe(grace);
  });
});

describe('deleting a namespace', () => {
  it('ends it at once when it is empty', () => {
    store.delete('namespaces', { name: 'other' });
    expect(store.get('namespaces', { name: 'other' })).toBeUndefined();
  });

  it('empties it first, and lets nothing new in meanwhile', () => {
    makeTree({ spec: { nodeName: 'n' } });
    make('configmaps', 'c');
    store.delete('namespaces', { name: 'mission' });
    expect(store.get('namespaces', { name: 'mission' })?.status).toMatchObject({ phase: 'Terminating' });
    expect([names('configmaps'), names('deployments.apps'), names('pods')]).toEqual([[], [], ['a', 'b']]);
    let refusal: unknown;
    try {
      make('configmaps', 'late');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ApiError);
    expect((refusal as ApiError).toStatus()).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message:
        'configmaps "late" is forbidden: unable to create new content in namespace mission because it is being terminated',
      details: { causes: [{ reason: 'NamespaceTerminating', field: 'metadata.namespace' }] },
    });
    for (const name of ['a', 'b']) store.delete('pods', { namespace: 'mission', name }, { gracePeriodSeconds: 0 });
    expect(store.get('namespaces', { name: 'mission' })).toBeUndefined();
  });
});

describe('listeners', () => {
  it('see every change once, in one order, also those that other listeners make', () => {
    const seen: [string[], string[]] = [[], []];
    store.watch(({ type, object }) => {
      seen[0].push(`${type} ${object.metadata.name}`);
      if (type === 'ADDED' && object.metadata.name === 'one') make('configmaps', 'two');
    });
    const unwatch = store.watch(({ type, object }) => seen[1].push(`${type} ${object.metadata.name}`));
    make('configmaps', 'one');
    expect(seen[0]).toEqual(['ADDED one', 'ADDED two']);
    expect(seen[1]).toEqual(seen[0]);
    unwatch();
    make('configmaps', 'three');
    expect(seen[1]).toHaveLength(2);
  });

  it('get objects that nobody can change', () => {
    const object = make('configmaps', 'one', [], { data: { a: '1' } });
    expect(() => {
      (object.data as Record<string, string>).a = '2';
    }).toThrow(TypeError);
  });
});

it('remembers at least as much history as it is told to', () => {
  const small = createStore(KINDS, { historyLimit: 10 });
  const first = small.resourceVersion;
  for (let index = 0; index < 30; index += 1) {
    small.create('nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: `n${index}` } });
  }
  expect(small.eventsSince(first)).toBeUndefined();
  expect(small.eventsSince(small.resourceVersion - 10)).toHaveLength(10);
});
