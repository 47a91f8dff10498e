import { describe, expect, it } from 'vitest';
import { goJsonFault } from './go-json-fault';
import type { JsonValue } from './json-types';
import { parseKubeYaml, parsePlainYaml } from './kube-yaml';
import { canonicalQuantity } from './quantity';
import { readPathEnv } from './sidecar-identity';
import { splitDocuments } from './split-documents';
import { identifyPod } from './workload-identity';
import { isYamlMap, YamlNumber } from './yaml-value';

describe('parsePlainYaml', () => {
  it.each<[text: string, value: JsonValue]>([
    ['a: yes\nb: off\nc: y\non: 1', { a: true, b: false, c: true, true: 1 }],
    ['a: 0644\nb: 0x1F\nc: 1_000\nd: 0o17\ne: 08\nf: 12:30', { a: 420, b: 31, c: 1000, d: 15, e: 8, f: '12:30' }],
    ['a: 2020-01-01\nb: ~\nc:\nd: .5', { a: '2020-01-01', b: null, c: null, d: 0.5 }],
    ['a: 1\na: 2', { a: 2 }],
    ['p: &x {a: 1}\nq: {<<: *x, b: 2}', { p: { a: 1 }, q: { a: 1, b: 2 } }],
    ['m: {\n  a: b,\n}\nl: [\n1,\n]', { m: { a: 'b' }, l: [1] }],
    ['a: "b\nc"\nd: |\n  {\n  x', { a: 'b c', d: '{\nx' }],
    ['d: |\n  x\n', { d: 'x\n' }],
    ['d: |+\n  x', { d: 'x' }],
    ['# nothing\n---\n', null],
    ['{"a": 1}\nb: c: d', { a: 1 }],
  ])('%j', (text, value) => {
    expect(parsePlainYaml(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['a: b: c', 'yaml: mapping values are not allowed in this context'],
    ['x: 1\na: [b', "yaml: line 2: did not find expected ',' or ']'"],
    ['a: *x', "yaml: unknown anchor 'x' referenced"],
    ['a: @x', 'yaml: found character that cannot start any token'],
    ['a: "b', 'yaml: found unexpected end of stream'],
  ])('refuses %j in the words of go-yaml', (text, message) => {
    expect(parsePlainYaml(text)).toMatchObject({ ok: false, fault: { message } });
  });

  it('refuses what is too deep or too large', () => {
    expect(parsePlainYaml('['.repeat(500) + ']'.repeat(500)).ok).toBe(false);
    expect(parsePlainYaml(' '.repeat(11 * 1024 * 1024)).ok).toBe(false);
  });
});

describe('parseKubeYaml', () => {
  it.each([
    ['a: 12345678901234567890', '12345678901234567890'],
    ['a: 1e6', '1e+06'],
  ])('keeps the text of %j', (text, want) => {
    const parsed = parseKubeYaml(text);
    const value = parsed.ok && isYamlMap(parsed.value) ? parsed.value.a : undefined;
    expect(value instanceof YamlNumber ? value.text : value).toBe(want);
  });
});

describe('canonicalQuantity', () => {
  it.each([
    ['2000m', '2'],
    ['1024Mi', '1Gi'],
    ['0.5', '500m'],
    ['1.5Gi', '1536Mi'],
    ['1000k', '1M'],
    ['1.500', '1.500'],
    ['1e3', '1e3'],
    ['500Mi', '500Mi'],
    ['0.1Gi', '107374182400m'],
    ['1n', '1n'],
    ['0.1n', '1n'],
    ['0', '0'],
    ['010k', '010k'],
    ['1000E', '1'],
    ['16Ei', '9223372036854775807'],
  ])('%s is %s', (text, want) => {
    expect(canonicalQuantity(text)).toEqual({ ok: true, text: want });
  });

  it.each([
    ['lots', 'form'],
    ['', 'form'],
    ['1Q', 'form'],
    ['1mm', 'suffix'],
    ['Pi', 'numeric'],
    ['1e999999999', 'suffix'],
  ])('%j is none', (text, fault) => {
    expect(canonicalQuantity(text)).toEqual({ ok: false, fault });
  });
});

describe('splitDocuments', () => {
  it('leaves a separator that ends nothing to the next document, and remembers lines', () => {
    expect(splitDocuments('---\n---  # one\na: 1\n---\n---\nb: 2\n')).toEqual({
      documents: [
        { text: '---\n', line: 1 },
        { text: 'a: 1\n', line: 3 },
        { text: '---\nb: 2\n', line: 5 },
      ],
    });
  });

  it('drops carriage returns', () => {
    expect(splitDocuments('a: 1\r\n---\r\nb: 2')).toEqual({
      documents: [
        { text: 'a: 1\n', line: 1 },
        { text: 'b: 2\n', line: 3 },
      ],
    });
  });

  it('ends at a separator with text behind it, after the documents before it', () => {
    expect(splitDocuments('a: 1\n--- b\nc: 1\n')).toEqual({
      documents: [],
      fault: { line: 2, message: 'invalid Yaml document separator: b' },
    });
  });
});

describe('readPathEnv', () => {
  it.each([
    ['/inject/net/network1/cluster/cluster1', { ISTIO_META_NETWORK: 'network1', ISTIO_META_CLUSTER_ID: 'cluster1' }],
    ['/inject/cluster/cluster--slash--1', { ISTIO_META_CLUSTER_ID: 'cluster/1' }],
    ['/inject/cluster/c1/network', { ISTIO_META_CLUSTER_ID: 'c1' }],
    ['/inject/:ENV:cluster=c2:ENV:rootpage=/foo/bar', { ISTIO_META_CLUSTER_ID: 'c2', ROOTPAGE: '/foo/bar' }],
    ['/inject/rootpage1/value1/rootpage2/:ENV:abcd=efgh', { ROOTPAGE1: 'value1', ROOTPAGE2: ':ENV:abcd=efgh' }],
    ['', {}],
  ])('%s', (path, env) => {
    expect(readPathEnv(path)).toEqual(env);
  });
});

describe('identifyPod', () => {
  const owned = (kind: string, name: string, labels = {}) => ({
    generateName: 'x-',
    labels,
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: '', controller: true }],
  });

  it.each([
    [
      'a ReplicaSet with its hash',
      owned('ReplicaSet', 'shop-abc', { 'pod-template-hash': 'abc' }),
      'Deployment shop apps/v1',
    ],
    ['a rollout', owned('ReplicaSet', 'shop-abc', { 'rollouts-pod-template-hash': 'abc' }), 'Rollout shop v1alpha1'],
    ['a bare ReplicaSet', owned('ReplicaSet', 'shop-abc'), 'ReplicaSet shop-abc apps/v1'],
    ['a CronJob', owned('Job', 'shop-12345678'), 'CronJob shop batch/v1'],
    ['a Job', owned('Job', 'shop-1234567'), 'Job shop-1234567 apps/v1'],
    [
      'a DeploymentConfig',
      owned('ReplicationController', 'shop-1', { deploymentconfig: 'shop' }),
      'DeploymentConfig shop apps/v1',
    ],
    ['a bare pod', { name: 'shop' }, 'Pod shop v1'],
  ])('%s', (_what, metadata, want) => {
    const { kind, name, apiVersion } = identifyPod(metadata);
    expect(`${kind} ${name} ${apiVersion}`).toBe(want);
  });
});

describe('goJsonFault', () => {
  it.each([
    ['{"a":1}', undefined],
    ['{bad', "invalid character 'b' looking for beginning of object key string"],
    ['{"a"', 'unexpected end of JSON input'],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['[1 2]', "invalid character '2' after array element"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['trux', "invalid character 'x' in literal true (expecting 'e')"],
  ])('%s', (text, want) => {
    expect(goJsonFault(text)).toBe(want);
  });
});
