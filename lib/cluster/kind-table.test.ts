import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectRecord } from '@/lib/core/kube/records';
import { KindTable } from './kind-table';

const record = (over: Partial<ObjectRecord> = {}): ObjectRecord => ({
  kind: 'Pod',
  name: 'a',
  namespace: 'web',
  uid: `uid-${over.name ?? 'a'}`,
  resourceVersion: '1',
  createdAt: '2026-01-01T00:00:00Z',
  labels: {},
  annotations: {},
  ...over,
});
const owner = (uid: string) => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid });

describe('KindTable', () => {
  it('reports what an upsert did', () => {
    const table = new KindTable();
    expect(table.upsert(record())?.type).toBe('added');
    expect(table.upsert(record())).toBeUndefined();
    expect(table.upsert(record({ resourceVersion: '2' }))?.type).toBe('modified');
    expect(table.upsert(record({ resourceVersion: '2', uid: 'other' }))?.type).toBe('modified');
    expect([table.size, table.version]).toEqual([1, 3]);
  });

  it('applies a list as a difference', () => {
    const table = new KindTable();
    table.replace([record({ name: 'kept' }), record({ name: 'changed' }), record({ name: 'gone' })]);
    const changes = table.replace([
      record({ name: 'kept' }),
      record({ name: 'changed', resourceVersion: '2' }),
      record({ name: 'new' }),
    ]);
    expect(changes.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
      'changed modified',
      'gone deleted',
      'new added',
    ]);
  });

  it('replaces one namespace without touching another', () => {
    const table = new KindTable();
    table.replace([record(), record({ namespace: 'db' })]);
    table.replace([], 'web');
    expect(table.list().map(({ namespace }) => namespace)).toEqual(['db']);
  });

  it('moves a record between owners and forgets label keys that nobody carries', () => {
    const table = new KindTable();
    table.upsert(record({ owner: owner('1'), labels: { app: 'x', team: 'y' } }));
    table.upsert(record({ owner: owner('2'), labels: { app: 'x' }, resourceVersion: '2' }));
    expect([table.ownedBy('1').length, table.ownedBy('2').length]).toEqual([0, 1]);
    expect(table.labelKeys()).toEqual(['app']);
    table.remove('web', 'a');
    expect([table.ownedBy('2'), table.labelKeys(), table.list('web')]).toEqual([[], [], []]);
  });

  it('keeps its indexes true to its records through any series of changes', () => {
    const item = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      namespace: fc.constantFrom('x', 'y'),
      resourceVersion: fc.nat(5).map(String),
      uid: fc.constantFrom('1', '2'),
      ownerUid: fc.constantFrom('o1', 'o2', ''),
      isRemoval: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(item), (steps) => {
        const table = new KindTable();
        for (const { isRemoval, ownerUid, ...rest } of steps) {
          if (isRemoval) table.remove(rest.namespace, rest.name);
          else table.upsert(record({ ...rest, ...(ownerUid === '' ? {} : { owner: owner(ownerUid) }) }));
        }
        const all = table.list();
        expect(table.size).toBe(all.length);
        for (const uid of ['o1', 'o2']) {
          expect(new Set(table.ownedBy(uid))).toEqual(new Set(all.filter((entry) => entry.owner?.uid === uid)));
        }
        expect(['x', 'y'].flatMap((namespace) => table.list(namespace)).length).toBe(all.length);
      }),
    );
  });
});
