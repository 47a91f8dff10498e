import { describe, expect, it } from 'vitest';
import { decodeKube } from './decode-struct';
import type { JsonObject } from './json-types';
import { mergeStrategic } from './strategic-merge';

const named = (...names: string[]) => names.map((name) => ({ name }));
const volumes = (...names: string[]): JsonObject => ({ volumes: named(...names) });
const spec = (original: JsonObject, patch: JsonObject) => mergeStrategic(original, patch, 'PodSpec');

describe('mergeStrategic', () => {
  it.each<[what: string, original: JsonObject, patch: JsonObject, want: JsonObject]>([
    [
      'puts new items before untouched ones, shared ones where they stood',
      volumes('a', 'x', 'b'),
      volumes('n', 'x'),
      volumes('n', 'a', 'x', 'b'),
    ],
    ['keeps a list when the patch is empty', volumes('a'), volumes(), volumes('a')],
    [
      'replaces atomic lists',
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'b' }] },
      { tolerations: [{ key: 'b' }] },
    ],
    ['deletes by null', { hostname: 'a', subdomain: 'b' }, { hostname: null }, { subdomain: 'b' }],
    [
      'drops nulls from what is new, at any depth',
      {},
      { affinity: { nodeAffinity: null, podAffinity: {} } },
      { affinity: { podAffinity: {} } },
    ],
    [
      'merges map fields key by key',
      { nodeSelector: { a: '1' } },
      { nodeSelector: { b: '2' } },
      { nodeSelector: { a: '1', b: '2' } },
    ],
    [
      'replaces a map on request',
      { nodeSelector: { a: '1' } },
      { nodeSelector: { $patch: 'replace', b: '2' } },
      { nodeSelector: { b: '2' } },
    ],
    [
      'empties a map on request',
      { nodeSelector: { a: '1' } },
      { nodeSelector: { $patch: 'delete' } },
      { nodeSelector: {} },
    ],
    ['removes an item on request', volumes('a', 'b'), { volumes: [{ name: 'a', $patch: 'delete' }] }, volumes('b')],
    [
      'replaces a list on request',
      volumes('a', 'b'),
      { volumes: [{ $patch: 'replace' }, { name: 'c' }] },
      volumes('c'),
    ],
    [
      'keeps only the keys that are to be retained',
      { securityContext: { runAsUser: 1, fsGroup: 2 } },
      { securityContext: { $retainKeys: ['fsGroup'], fsGroup: 3 } },
      { securityContext: { fsGroup: 3 } },
    ],
    [
      'takes the order that is asked for',
      volumes('a', 'b', 'c'),
      { '$setElementOrder/volumes': named('c', 'a'), volumes: named('a', 'c') },
      volumes('b', 'c', 'a'),
    ],
  ])('%s', (_what, original, patch, want) => {
    expect(spec(original, patch)).toEqual(want);
  });

  it('joins finalizers as a set', () => {
    expect(mergeStrategic({ finalizers: ['a', 'b'] }, { finalizers: ['c', 'a'] }, 'ObjectMeta')).toEqual({
      finalizers: ['c', 'a', 'b'],
    });
    expect(
      mergeStrategic({ finalizers: ['a', 'b'] }, { '$deleteFromPrimitiveList/finalizers': ['a'] }, 'ObjectMeta'),
    ).toEqual({ finalizers: ['b'] });
  });

  it.each<[what: string, patch: JsonObject, message: string]>([
    ['an item without its key', { volumes: [{ emptyDir: {} }] }, 'does not contain declared merge key: name'],
    [
      'an unknown directive',
      { nodeSelector: { $patch: 'upsert' } },
      'unknown patch type: upsert in map: map[$patch:upsert]',
    ],
    [
      'a key outside retainKeys',
      { securityContext: { $retainKeys: ['fsGroup'], runAsUser: 3 } },
      'invalid patch format of retainKeys',
    ],
  ])('refuses %s', (_what, patch, message) => {
    const original = { volumes: named('a'), nodeSelector: { a: '1' }, securityContext: { fsGroup: 1 } };
    expect(() => spec(original, patch)).toThrow(message);
  });

  it('changes neither input', () => {
    const [original, patch] = [volumes('a'), volumes('b')];
    spec(original, patch);
    expect([original, patch]).toEqual([volumes('a'), volumes('b')]);
  });
});

describe('decodeKube', () => {
  const pod = (container: JsonObject): JsonObject => ({ spec: { containers: [{ name: 'a', ...container }] } });
  const decoded = (container: JsonObject, isLoose = false) => {
    const result = decodeKube('Pod', pod(container), { isLoose });
    return result.ok ? (result.value.spec ?? null) : result.faults;
  };
  const spec = (container: JsonObject) => ({ containers: [{ name: 'a', resources: {}, ...container }] });

  it.each<[what: string, given: JsonObject, want: JsonObject]>([
    ['drops what is empty or unknown', { image: '', args: [], tty: false, foo: 1, env: null }, {}],
    [
      'keeps pointers to zero',
      { securityContext: { runAsUser: 0, privileged: false } },
      { securityContext: { runAsUser: 0, privileged: false } },
    ],
    [
      'writes quantities in their canonical form',
      { resources: { limits: { cpu: '2000m', memory: '1024Mi' } } },
      { resources: { limits: { cpu: '2', memory: '1Gi' } } },
    ],
    [
      'keeps the type of a port',
      { livenessProbe: { httpGet: { port: 'http' } } },
      { livenessProbe: { httpGet: { port: 'http' } } },
    ],
    [
      'always writes a divisor',
      { env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }] },
      { env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '0' } } }] },
    ],
    ['finds keys whatever their case', { Image: 'x' }, { image: 'x' }],
  ])('%s', (_what, given, want) => {
    expect(decoded(given)).toEqual(spec(want));
  });

  it('takes numbers for texts from YAML alone', () => {
    expect(decoded({ env: [{ name: 'A', value: 1.5 }] }, true)).toEqual(spec({ env: [{ name: 'A', value: '1.5' }] }));
    expect(decoded({ env: [{ name: 'A', value: 1.5 }] })).toMatchObject([
      {
        path: 'spec.containers[0].env[0].value',
        text: 'json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string',
      },
    ]);
  });

  it('names every place that does not fit', () => {
    const faults = decoded({ ports: [{ containerPort: 'x' }], tty: 'yes', resources: { limits: { cpu: 'lots' } } });
    expect(faults).toMatchObject([
      { path: 'spec.containers[0].ports[0].containerPort', found: 'string', wanted: 'int32' },
      { path: 'spec.containers[0].resources.limits.cpu', wanted: 'resource.Quantity' },
      { path: 'spec.containers[0].tty', found: 'string', wanted: 'bool' },
    ]);
  });
});
