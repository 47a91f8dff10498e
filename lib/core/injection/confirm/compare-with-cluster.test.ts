import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleInjector } from '@/lib/core/injection/engine/example-injector';
import type { JsonObject } from '@/lib/core/injection/engine/json-types';
import { compareWithCluster } from './compare-with-cluster';
import { CONFIRM_PHRASES } from './confirm-phrases.data';
import type { EngineAnswer } from './confirm-types';
import { podToSend } from './pod-to-send';

const SENT = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { generateName: 'web-', labels: { app: 'web' } },
  spec: {
    containers: [{ name: 'app', image: 'app:1', ports: [{ containerPort: 80 }], env: [{ name: 'A', value: '1' }] }],
  },
} satisfies JsonObject;

const injected = exampleInjector().injectPod({ pod: SENT });
if (injected.kind !== 'injected') throw new Error('the example is injected');
const ENGINE = { kind: 'injected', pod: injected.pod } as const;

// biome-ignore lint/suspicious/noExplicitAny: a test edits a pod in place.
type Draft = any;

/** What an API server gives: the engine's pod, filled in, and then changed by a row. */
function cluster(
  change: (pod: Draft) => void = () => {},
  pod: JsonObject = injected.kind === 'injected' ? injected.pod : {},
) {
  const draft: Draft = structuredClone(pod);
  Object.assign(draft.metadata, {
    name: 'web-x7k2p',
    namespace: 'shop',
    uid: 'u-1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  });
  Object.assign(draft.spec, {
    serviceAccountName: 'default',
    serviceAccount: 'default',
    schedulerName: 'default-scheduler',
    enableServiceLinks: true,
    priority: 0,
    tolerations: [
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    ],
    volumes: [
      ...(draft.spec.volumes ?? []),
      { name: 'kube-api-access-abc12', projected: { sources: [], defaultMode: 420 } },
    ],
  });
  for (const container of draft.spec.containers) {
    container.terminationMessagePath ??= '/dev/termination-log';
    container.volumeMounts = [
      ...(container.volumeMounts ?? []),
      { name: 'kube-api-access-abc12', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ];
    for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  }
  change(draft);
  return { kind: 'accepted', pod: draft } as const;
}

const proxyOf = (pod: Draft) =>
  [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find(({ name }: Draft) => name === 'istio-proxy');
const appOf = (pod: Draft) => pod.spec.containers.find(({ name }: Draft) => name === 'app');
const PROXY = 'spec.containers[istio-proxy]';

describe('compareWithCluster', () => {
  it('sets aside what the API server fills in, each with a reason', () => {
    const { outcome, differences, setAside } = compareWithCluster(SENT, ENGINE, cluster());
    expect({ outcome, differences }).toEqual({ outcome: 'same', differences: [] });
    const reasons = new Map(setAside.map(({ path, because }) => [path, because.code]));
    expect(reasons.get('metadata.name')).toBe('confirm.aside.generated-name');
    expect(reasons.get('spec.volumes[kube-api-access-abc12]')).toBe('confirm.aside.token');
    expect(reasons.get('spec.containers[app].ports[80].protocol')).toBe('confirm.aside.default');
    expect(reasons.get('spec.tolerations[0]')).toBe('confirm.aside.tolerations');
  });

  it.each<[name: string, change: (pod: Draft) => void, want: object]>([
    [
      'a value of the sidecar',
      (pod) => Object.assign(proxyOf(pod), { image: 'proxy:other' }),
      { path: `${PROXY}.image`, part: 'injection', cluster: 'proxy:other' },
    ],
    [
      'a variable that is missing',
      (pod) => proxyOf(pod).env.splice(0, 1),
      { part: 'injection', path: expect.stringContaining(`${PROXY}.env[`) },
    ],
    [
      'a default that is none',
      (pod) => Object.assign(pod.spec, { schedulerName: 'mine' }),
      { path: 'spec.schedulerName', part: 'beside', cluster: 'mine' },
    ],
    [
      'the order of the containers',
      (pod) => pod.spec.containers.reverse(),
      { path: 'spec.containers', kind: 'order', part: 'injection' },
    ],
    [
      'a variable that another webhook gives the application',
      (pod) => appOf(pod).env.push({ name: 'B', value: '2' }),
      { path: 'spec.containers[app].env[B]', part: 'beside', cluster: "name: B\nvalue: '2'" },
    ],
    [
      'a toleration that is not the default',
      (pod) => pod.spec.tolerations.push({ key: 'gpu', operator: 'Exists' }),
      { path: 'spec.tolerations[2]', part: 'beside' },
    ],
  ])('finds %s', (_name, change, want) => {
    const { outcome, differences } = compareWithCluster(SENT, ENGINE, cluster(change));
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject(want);
    expect(outcome).toBe(differences[0]?.part === 'beside' ? 'same-injection' : 'differs');
  });

  it('sets aside what a LimitRange gave, and only where the plug-in says so', () => {
    const limit = (note: string) =>
      cluster((pod) => {
        appOf(pod).resources = { limits: { cpu: '1' } };
        pod.metadata.annotations['kubernetes.io/limit-ranger'] = note;
      });
    const told = compareWithCluster(SENT, ENGINE, limit('LimitRanger plugin set: cpu limit for container app'));
    expect(told.differences).toEqual([]);
    const untold = compareWithCluster(SENT, ENGINE, limit('LimitRanger plugin set: memory limit for container app'));
    expect(untold.differences).toMatchObject([{ path: 'spec.containers[app].resources.limits[cpu]' }]);
  });

  it('tells a pod that the webhook never saw from one that it made otherwise', () => {
    expect(compareWithCluster(SENT, ENGINE, cluster(undefined, SENT)).outcome).toBe('passed-open');
  });

  it('wonders at a sidecar where none is foreseen', () => {
    expect(compareWithCluster(SENT, { kind: 'not-called' }, cluster(undefined, SENT)).outcome).toBe('same-untouched');
    expect(compareWithCluster(SENT, { kind: 'not-called' }, cluster()).outcome).toBe('differs');
  });
});

const REASON = { code: 'values-empty', values: {}, text: 'one\n\t* bad value' } as const;
const REFUSES: EngineAnswer = { kind: 'refused', reasons: [REASON] };
const DENIED = 'admission webhook "namespace.sidecar-injector.istio.io" denied the request: ';

const UNKNOWN = { code: 'values-empty', values: {}, text: 'requested template "x" not found; have b, a' } as const;

it.each<[name: string, engine: EngineAnswer, message: string | undefined, outcome: string]>([
  [
    'the same reason with its list in another order',
    { kind: 'refused', reasons: [UNKNOWN] },
    `${DENIED}failed to run injection template: requested template "x" not found; have a, b`,
    'same-refusal',
  ],
  ['the same reason', REFUSES, `${DENIED}one * bad value`, 'same-refusal'],
  ['another reason of the injector', REFUSES, `${DENIED}two`, 'differs'],
  ['a refusal that was not foreseen', ENGINE, `${DENIED}two`, 'cluster-refuses'],
  ['a refusal that does not come', REFUSES, undefined, 'engine-refuses'],
  ['Pod Security', ENGINE, 'pods "a" is forbidden: violates PodSecurity "restricted:latest": x', 'refused-beside'],
  ['a quota', ENGINE, 'pods "a" is forbidden: exceeded quota: q', 'refused-beside'],
  ['another webhook', ENGINE, 'admission webhook "policy.example" denied the request: no', 'refused-beside'],
  [
    'a webhook that does not answer',
    ENGINE,
    'Internal error occurred: failed calling webhook "rev.namespace.sidecar-injector.istio.io": failed to call webhook: Post "https://x": connection refused',
    'unreachable',
  ],
  [
    'another webhook that does not answer',
    ENGINE,
    'Internal error occurred: failed calling webhook "x.example": failed to call webhook: an error on the server ("") has prevented the request from succeeding',
    'cluster-fails',
  ],
  ['one that takes no dry runs', ENGINE, 'admission webhook "x.example" does not support dry run', 'no-dry-run'],
  ['an injector that cannot be used', { kind: 'unusable', message: 'bad' }, undefined, 'no-engine'],
])('tells %s', (_name, engine, message, outcome) => {
  const answer = message === undefined ? cluster() : ({ kind: 'refused', message } as const);
  expect(compareWithCluster(SENT, engine, answer).outcome).toBe(outcome);
});

it.each<[name: string, message: string, code: string]>([
  [
    'a patch that does not fit',
    'Internal error occurred: remove operation does not apply: doc is missing path: "/spec/nothing": missing value',
    'confirm.failed.patch',
  ],
  [
    'a failed test of a patch',
    'Internal error occurred: testing value /spec/x failed: test failed',
    'confirm.failed.patch',
  ],
  ['anything else', 'Internal error occurred: etcdserver: no leader', 'confirm.failed.other'],
])('tells that the cluster could not make the pod: %s', (_name, message, code) => {
  const told = compareWithCluster(SENT, REFUSES, { kind: 'failed', message });
  expect(told).toMatchObject({ outcome: 'cluster-fails', clusterRefusal: { because: { code }, message } });
  expect(told.engineRefusals).toHaveLength(1);
});

describe('podToSend', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }] } };
  const metadata = { name: 'web', namespace: 'shop', uid: 'u-9' };

  it('gives the owner a uid, since the API server wants one', () => {
    const made = podToSend({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template } });
    expect(made.ok && made.value.pod.metadata).toMatchObject({
      generateName: 'web-preview-',
      ownerReferences: [{ kind: 'ReplicaSet', uid: 'u-9', controller: true }],
    });
  });

  it('renames a pod whose name is taken', () => {
    const made = podToSend({ apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec });
    expect(made.ok && made.value.pod.metadata).toMatchObject({ name: 'web-dry-run' });
  });

  it('refuses what makes no pods', () => {
    expect(podToSend({ kind: 'Service', metadata }).ok).toBe(false);
  });
});

it.each(['en', 'zh-CN'])('has every sentence in %s', (locale) => {
  const texts = JSON.parse(readFileSync(`messages/${locale}/confirm.json`, 'utf8')).phrase.confirm;
  const flat = Object.entries(texts).flatMap(([group, value]) =>
    typeof value === 'string' ? [group] : Object.keys(value ?? {}).map((key) => `${group}.${key}`),
  );
  expect(flat.sort()).toEqual(Object.keys(CONFIRM_PHRASES).sort());
});
