import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordsAt, stringAt } from '@/demo/server/json-access';
import type { Addresses } from './addresses';
import { moduleVersion } from './build-programs';
import { credentialFiles, writeCredentials } from './credentials';
import { createKubeClient, type KubeClient } from './kube-client';
import {
  apiServerArguments,
  controllerManagerArguments,
  etcdArguments,
  kwokArguments,
  schedulerArguments,
  schedulerConfig,
  schedulerConfigFile,
} from './kubernetes-arguments';
import { writeKwokConfig } from './kwok-config';
import { nodeObject } from './node-object';
import type { PodTimes } from './pod-stages';
import { Program } from './program';

export interface KubernetesPlan {
  /** Of the built programs. */
  readonly programs: string;
  readonly folder: string;
  readonly addresses: Addresses;
  readonly times: PodTimes;
  readonly nodes: number;
}

const PROGRAM_NAMES = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kwok'] as const;
export type KubernetesProgram = (typeof PROGRAM_NAMES)[number];

export interface Kubernetes {
  readonly programs: Readonly<Record<KubernetesProgram, Program>>;
  /** Makes etcd forget all but the present state, as the API server does every five minutes; returns the revision. */
  compact(): Promise<number>;
  /** A new authority: the server's certificate and all kubeconfigs are made anew, and every program starts again. */
  replaceAuthority(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts etcd, the API server, its controllers, the scheduler and KWOK's nodes, and waits until they work. */
export async function startKubernetes(plan: KubernetesPlan): Promise<Kubernetes> {
  await writeCredentials(plan.folder, plan.addresses);
  await writeFile(schedulerConfigFile(plan.folder), schedulerConfig(plan.folder));
  await writeKwokConfig(plan);
  const programs = createPrograms(plan);
  const stop = async () => {
    for (const name of PROGRAM_NAMES.toReversed()) await programs[name].stop();
  };
  try {
    await startAll(plan, programs);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    programs,
    stop,
    compact: () => compactEtcd(plan.folder),
    replaceAuthority: async () => {
      await stop();
      await writeCredentials(plan.folder, plan.addresses);
      await startAll(plan, programs);
    },
  };
}

async function startAll(plan: KubernetesPlan, programs: Kubernetes['programs']): Promise<void> {
  await programs.etcd.start();
  await programs['kube-apiserver'].start();
  const client = createKubeClient(credentialFiles(plan.folder).kubeconfig('admin'));
  try {
    // Leases of a KWOK that ended would keep the next one away from the nodes for 40 s.
    await client.request({ method: 'DELETE', path: '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases' });
    await Promise.all([
      programs['kube-controller-manager'].spawn(),
      programs['kube-scheduler'].spawn(),
      programs.kwok.spawn(),
      createNodes(client, plan.nodes),
    ]);
    await Promise.all([
      programs.kwok.untilReady(),
      programs['kube-scheduler'].untilReady(),
      programs['kube-controller-manager'].untilReady(),
    ]);
  } finally {
    client.close();
  }
}

async function createNodes(client: KubeClient, count: number): Promise<void> {
  const version = await moduleVersion('k8s.io/kubernetes');
  for (let index = 0; index < count; index += 1) {
    const body = nodeObject(index, version);
    const { status } = await client.request({ method: 'POST', path: '/api/v1/nodes', body });
    if (status !== 201 && status !== 409)
      throw new Error(`The node ${body.metadata.name} was answered with ${status}.`);
  }
}

function createPrograms(plan: KubernetesPlan): Kubernetes['programs'] {
  const { folder } = plan;
  const files = credentialFiles(folder);
  const make = (name: KubernetesProgram, args: readonly string[], isReady: () => Promise<boolean>) =>
    new Program({ name, command: join(plan.programs, name), args, folder, isReady });
  const asks =
    (kubeconfig: () => string, path: string, isGood = (body: unknown) => body !== '') =>
    async () => {
      const client = createKubeClient(kubeconfig());
      try {
        const { status, body } = await client.request({ method: 'GET', path, signal: AbortSignal.timeout(2_000) });
        return status === 200 && isGood(body);
      } finally {
        client.close();
      }
    };
  const admin = () => files.kubeconfig('admin');
  const hasNodes = (body: unknown) => recordsAt(body, 'items').filter(isReadyNode).length >= plan.nodes;
  return {
    etcd: make(
      'etcd',
      etcdArguments(plan),
      asks(() => files.etcdKubeconfig, '/health'),
    ),
    'kube-apiserver': make('kube-apiserver', apiServerArguments(plan), asks(admin, '/readyz')),
    'kube-controller-manager': make(
      'kube-controller-manager',
      controllerManagerArguments(plan),
      asks(admin, '/api/v1/namespaces/default/serviceaccounts/default'),
    ),
    'kube-scheduler': make('kube-scheduler', schedulerArguments(plan), asks(admin, '/readyz')),
    kwok: make('kwok', kwokArguments(plan), asks(admin, '/api/v1/nodes', hasNodes)),
  };
}

function isReadyNode(node: unknown): boolean {
  const conditions = recordsAt(node, 'status', 'conditions');
  return conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');
}

async function compactEtcd(folder: string): Promise<number> {
  const client = createKubeClient(credentialFiles(folder).etcdKubeconfig);
  try {
    const range = await client.request({ method: 'POST', path: '/v3/kv/range', body: { key: 'AA==' } });
    const revision = Number(stringAt(range.body, 'header', 'revision'));
    const body = { revision: String(revision), physical: true };
    const { status } = await client.request({ method: 'POST', path: '/v3/kv/compaction', body });
    if (status !== 200) throw new Error(`etcd answered the compaction to revision ${revision} with ${status}.`);
    return revision;
  } finally {
    client.close();
  }
}
