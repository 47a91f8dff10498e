import { describe, expect, it } from 'vitest';
import type { PodRecord, WorkloadRecord } from '@/lib/core/kube/records';
import { ownerOf, podRecord, templateRecord, workloadRecord } from './record-builders';
import { resolveWorkloads, templateOf } from './resolve-workloads';

const deployment = workloadRecord('Deployment', 'web');
const replicaSet = workloadRecord('ReplicaSet', 'web-5f', {
  owner: ownerOf(deployment),
  labels: { 'pod-template-hash': '5f' },
});
const podOf = (owner: WorkloadRecord, name: string, over: Partial<PodRecord> = {}) =>
  podRecord({ name, uid: name, owner: ownerOf(owner), ...over });
const web1 = podOf(replicaSet, 'web-5f-1', { labels: { 'pod-template-hash': '5f' } });

const cron = workloadRecord('CronJob', 'nightly');
const job = workloadRecord('Job', 'nightly-1', { owner: ownerOf(cron, 'batch/v1') });
const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'canary', uid: 'r' };

const show = (workloads: readonly WorkloadRecord[], pods: readonly PodRecord[]) =>
  resolveWorkloads(workloads, pods).map(
    ({ kind, name, apiVersion, record, members, pods: owned }) =>
      `${apiVersion} ${kind}/${name}${record === undefined ? '?' : ''} [${members.map((member) => member.name)}] ${owned.map((pod) => pod.name)}`,
  );

describe('resolveWorkloads', () => {
  it.each<[name: string, workloads: readonly WorkloadRecord[], pods: readonly PodRecord[], want: readonly string[]]>([
    [
      'a Deployment over its ReplicaSets',
      [replicaSet, deployment],
      [web1],
      ['apps/v1 Deployment/web [web-5f] web-5f-1'],
    ],
    [
      'a CronJob over its Jobs',
      [cron, job],
      [podOf(job, 'nightly-1-a')],
      ['batch/v1 CronJob/nightly [nightly-1] nightly-1-a'],
    ],
    ['a Job of its own', [workloadRecord('Job', 'once')], [], ['batch/v1 Job/once [] ']],
    ['a workload without pods', [workloadRecord('StatefulSet', 'db')], [], ['apps/v1 StatefulSet/db [] ']],
    ['a bare pod', [], [podRecord({ name: 'bare' })], ['v1 Pod/bare? [] bare']],
    [
      'a static pod of a node',
      [],
      [podRecord({ name: 'etcd-n1', owner: { apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'n' } })],
      ['v1 Pod/etcd-n1? [] etcd-n1'],
    ],
    [
      'ReplicaSets unreadable: the Deployment by its hash',
      [deployment],
      [web1],
      ['apps/v1 Deployment/web [] web-5f-1'],
    ],
    ['nothing readable: the Deployment by its hash', [], [web1], [' Deployment/web? [] web-5f-1']],
    [
      'an owner of an unknown kind',
      [],
      [podRecord({ name: 'x', owner: { ...rollout, kind: 'Machine' } })],
      ['argoproj.io/v1alpha1 Machine/canary? [] x'],
    ],
    [
      'a Rollout over its ReplicaSet',
      [workloadRecord('ReplicaSet', 'canary-1', { owner: rollout })],
      [podOf(workloadRecord('ReplicaSet', 'canary-1'), 'canary-1-a')],
      ['argoproj.io/v1alpha1 Rollout/canary? [canary-1] canary-1-a'],
    ],
    [
      'a Deployment that an operator owns stays the workload',
      [
        workloadRecord('Deployment', 'gw-istio', {
          owner: { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', name: 'gw', uid: 'g' },
        }),
      ],
      [],
      ['apps/v1 Deployment/gw-istio [] '],
    ],
    [
      'namespace, kind and name in order',
      [deployment, workloadRecord('DaemonSet', 'z'), workloadRecord('Deployment', 'a')],
      [],
      ['apps/v1 DaemonSet/z [] ', 'apps/v1 Deployment/a [] ', 'apps/v1 Deployment/web [] '],
    ],
  ])('%s', (_name, workloads, pods, want) => {
    expect(show(workloads, pods)).toEqual(want);
  });

  it('keeps namespaces apart', () => {
    const other = workloadRecord('Deployment', 'web', { namespace: 'other', uid: 'o' });
    expect(resolveWorkloads([deployment, other], []).map(({ namespace }) => namespace)).toEqual(['other', 'shop']);
  });

  it('ends on owners in a circle', () => {
    const a = workloadRecord('Job', 'a', {
      uid: 'a',
      owner: { apiVersion: 'batch/v1', kind: 'Job', name: 'b', uid: 'b' },
    });
    const b = workloadRecord('Job', 'b', {
      uid: 'b',
      owner: { apiVersion: 'batch/v1', kind: 'Job', name: 'a', uid: 'a' },
    });
    expect(resolveWorkloads([a, b], []).length).toBeGreaterThan(0);
  });
});

describe('templateOf', () => {
  it("takes the top object's template, else a member's", () => {
    const template = templateRecord({ serviceAccount: 'from-member' });
    const member = workloadRecord('ReplicaSet', 'canary-1', { owner: rollout, template });
    const [workload] = resolveWorkloads([member], []);
    expect(workload && templateOf(workload)?.serviceAccount).toBe('from-member');
    const [bare] = resolveWorkloads([], [podRecord()]);
    expect(bare && templateOf(bare)).toBeUndefined();
  });
});
