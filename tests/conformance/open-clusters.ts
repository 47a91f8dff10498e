import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { userRights } from '@/demo/scenarios/user-rights';
import { startDemoCluster } from '@/demo/start-demo-cluster';
import { createKubeClient, type KubeClient } from '@/testbed/kube-client';
import { startTestbed } from '@/testbed/start-testbed';
import type { RowUser } from './row';

/** A cluster that rows run against. */
export interface RowCluster {
  readonly name: 'demo' | 'real';
  client(user: RowUser): KubeClient;
  /** Ends with the run, so that nothing need be tidied up: a real one takes its time to remove namespaces. */
  readonly isThrownAway: boolean;
  /** Makes the cluster forget its history; undefined where nobody can. */
  readonly compact: (() => Promise<void>) | undefined;
  stop(): Promise<void>;
}

type Access = Readonly<Record<RowUser, { readonly path: string; readonly context: string }>>;

function toCluster(
  name: RowCluster['name'],
  access: Access,
  compact: RowCluster['compact'],
  stop: () => Promise<void>,
): RowCluster {
  const clients = new Map<RowUser, KubeClient>();
  const client = (user: RowUser) => {
    const { path, context } = access[user];
    const made = clients.get(user) ?? createKubeClient(path, context, { isAnonymous: user === 'stranger' });
    clients.set(user, made);
    return made;
  };
  return {
    name,
    isThrownAway: true,
    client,
    compact,
    stop: async () => {
      for (const one of clients.values()) one.close();
      await stop();
    },
  };
}

export async function openDemoCluster(): Promise<RowCluster> {
  const demo = await startDemoCluster({ scenario: 'empty', readyDelayMs: 0 });
  const at = (context: string) => ({ path: demo.kubeconfigPath, context });
  const { admin, viewer, team } = demo.contexts;
  const access = { admin: at(admin), viewer: at(viewer), team: at(team), stranger: at(admin) };
  return toCluster('demo', access, async () => demo.apiServer.compact(), demo.stop);
}

/** The real cluster, when SIDELIGHT_REAL asks for one: a testbed of its own, unless SIDELIGHT_REAL_KUBECONFIG names one. */
export async function openRealCluster(): Promise<RowCluster | undefined> {
  if (!process.env.SIDELIGHT_REAL) return undefined;
  const path = process.env.SIDELIGHT_REAL_KUBECONFIG;
  return path === undefined ? openTestbed() : openNamedCluster(path);
}

async function openTestbed(): Promise<RowCluster> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const testbed = await startTestbed({ name: 'conformance', isFresh: true, withIstio: true, say });
  const { admin, viewer, team } = testbed.kubeconfigs;
  const access = {
    admin: { path: admin, context: 'testbed' },
    viewer: { path: viewer, context: 'testbed-viewer' },
    team: { path: team, context: 'testbed-team' },
    stranger: { path: admin, context: 'testbed' },
  };
  return toCluster('real', access, async () => void (await testbed.compact()), testbed.stop);
}

/**
 * A cluster that runs already: one kubeconfig with the contexts `testbed`, `testbed-viewer` and `testbed-team`.
 * SIDELIGHT_REAL_COMPACT is a command that compacts its etcd.
 */
async function openNamedCluster(path: string): Promise<RowCluster> {
  const command = process.env.SIDELIGHT_REAL_COMPACT;
  const compact =
    command === undefined ? undefined : async () => void (await promisify(execFile)('sh', ['-c', command]));
  const at = (context: string) => ({ path, context });
  const access = {
    admin: at('testbed'),
    viewer: at('testbed-viewer'),
    team: at('testbed-team'),
    stranger: at('testbed'),
  };
  const real = { ...toCluster('real', access, compact, async () => undefined), isThrownAway: false };
  await giveRights(real.client('admin'));
  return real;
}

/** What a testbed's users may do, for a cluster that was started by other means. */
async function giveRights(admin: KubeClient): Promise<void> {
  for (const object of userRights([])) {
    const { status, body } = await admin.request({
      method: 'PATCH',
      path: `/apis/${object.apiVersion}/${object.kind.toLowerCase()}s/${object.metadata.name ?? ''}`,
      query: { fieldManager: 'conformance', force: true },
      contentType: 'application/apply-patch+yaml',
      body: object,
    });
    if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name ?? ''}: ${JSON.stringify(body)}`);
  }
}
