import { describe, expect, it } from 'vitest';
import { FREE, type StructSchema, structOf } from './object-schema';
import type { JsonObject } from './object-types';
import { applyStrategicMerge } from './strategic-merge';

const named = (...names: string[]) => names.map((name) => ({ name }));

/** One struct with the fields of several, and any other field. */
function schemaWith(...messages: string[]): StructSchema {
  const fields = new Map(messages.flatMap((message) => [...(structOf(message)?.fields ?? [])]));
  return { kind: 'struct', name: 'test.Any', isAtomic: false, fields, rest: FREE };
}

const SCHEMA = schemaWith('core.PodStatus', 'core.PodSpec', 'core.Container', 'meta.ObjectMeta');
const SERVICE = schemaWith('core.ServiceSpec');

describe('applyStrategicMerge', () => {
  it.each<[name: string, original: JsonObject, patch: JsonObject, want: JsonObject]>([
    ['merges maps', { a: { b: 1 } }, { a: { c: 2 } }, { a: { b: 1, c: 2 } }],
    ['removes with null', { a: 1, b: 2 }, { a: null }, { b: 2 }],
    ['replaces a plain list', { args: ['a', 'b'] }, { args: ['c'] }, { args: ['c'] }],
    ['replaces a list without a merge key', { rules: [{ x: 1 }] }, { rules: [{ y: 2 }] }, { rules: [{ y: 2 }] }],
    [
      'merges containers by name',
      { containers: [{ name: 'a', image: 'x' }] },
      { containers: [{ name: 'a', command: ['y'] }] },
      { containers: [{ name: 'a', image: 'x', command: ['y'] }] },
    ],
    [
      'puts what is new first, as upstream does',
      { containers: named('a') },
      { containers: named('b') },
      { containers: named('b', 'a') },
    ],
    [
      'keeps the order that is asked for',
      { containers: named('a', 'b') },
      { '$setElementOrder/containers': named('b', 'a', 'c'), containers: named('c') },
      { containers: named('b', 'a', 'c') },
    ],
    [
      'weaves in what the order does not name',
      { env: named('a', 'x', 'b') },
      { '$setElementOrder/env': named('a', 'b', 'c'), env: named('c') },
      { env: named('a', 'x', 'b', 'c') },
    ],
    [
      'reorders without a change',
      { env: named('a', 'b') },
      { '$setElementOrder/env': named('b', 'a') },
      { env: named('b', 'a') },
    ],
    ['deletes an item', { env: named('a', 'b') }, { env: [{ name: 'a', $patch: 'delete' }] }, { env: named('b') }],
    [
      'replaces a whole list',
      { env: named('a', 'b') },
      { env: [{ $patch: 'replace' }, { name: 'c' }] },
      { env: named('c') },
    ],
    ['replaces a map', { a: { b: 1 } }, { a: { $patch: 'replace', c: 2 } }, { a: { c: 2 } }],
    ['deletes a map', { a: { b: 1 }, z: 1 }, { a: { $patch: 'delete' } }, { a: {}, z: 1 }],
    [
      'retains keys',
      { strategy: { type: 'RollingUpdate', rollingUpdate: {} } },
      { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
      { strategy: { type: 'Recreate' } },
    ],
    [
      'merges container ports by number',
      { ports: [{ containerPort: 80, name: 'a' }] },
      { ports: [{ containerPort: 80, name: 'b' }] },
      { ports: [{ containerPort: 80, name: 'b' }] },
    ],
    [
      'merges conditions by type',
      { conditions: [{ type: 'Ready', status: 'False' }] },
      { conditions: [{ type: 'Ready', status: 'True' }] },
      { conditions: [{ type: 'Ready', status: 'True' }] },
    ],
    [
      'merges mounts by path',
      { volumeMounts: [{ mountPath: '/a', name: 'x' }] },
      { volumeMounts: [{ mountPath: '/a', name: 'y' }] },
      { volumeMounts: [{ mountPath: '/a', name: 'y' }] },
    ],
    [
      'adds to finalizers, in the order of the patch',
      { finalizers: ['a'] },
      { finalizers: ['b', 'a'] },
      { finalizers: ['b', 'a'] },
    ],
    [
      'deletes from finalizers',
      { finalizers: ['a', 'b'] },
      { '$deleteFromPrimitiveList/finalizers': ['a'] },
      { finalizers: ['b'] },
    ],
    ['drops what is only a directive', {}, { a: { $patch: 'delete' }, b: { c: null, d: 1 } }, { b: { d: 1 } }],
  ])('%s', (_name, original, patch, want) => {
    const before = structuredClone(original);
    expect(applyStrategicMerge(SCHEMA, original, patch)).toEqual(want);
    expect(original).toEqual(before);
  });

  it('merges service ports by number', () => {
    const merged = applyStrategicMerge(SERVICE, { ports: [{ port: 80, name: 'a' }] }, { ports: [{ port: 81 }] });
    expect(merged).toEqual({ ports: [{ port: 81 }, { port: 80, name: 'a' }] });
  });

  it('refuses an item without its key where there is a list to join', () => {
    const join = () => applyStrategicMerge(SCHEMA, { containers: named('a') }, { containers: [{ image: 'x' }] });
    expect(join).toThrow('map: map[image:x] does not contain declared merge key: name');
  });

  it('refuses a directive that it does not know', () => {
    expect(() => applyStrategicMerge(SCHEMA, {}, { $patch: 'explode', a: 1 })).toThrow(
      'unknown patch type: explode in map: map[$patch:explode a:1]',
    );
  });
});
