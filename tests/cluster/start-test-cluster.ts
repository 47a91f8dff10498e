import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userRights } from '@/demo/scenarios/user-rights';
import { RBAC_GROUP } from '@/demo/server/bound-rules';
import { adminUser, tokenUser } from '@/demo/server/demo-users';
import type { RequestLine } from '@/demo/server/handle-request';
import type { KindRow } from '@/demo/server/kind-row';
import { KINDS } from '@/demo/server/kinds';
import { type ApiServer, type ApiServerOptions, startApiServer } from '@/demo/server/start-api-server';
import { createStore, type Store, type StoreSettings } from '@/demo/server/store';
import type { Timings } from '@/lib/cluster/backoff';
import { listPath } from '@/lib/cluster/discovery';
import { listPages } from '@/lib/cluster/list-pages';
import { Interner } from '@/lib/cluster/projections/interner';
import { readKubeconfig } from '@/lib/cluster/read-kubeconfig';
import { ClusterSession, type SessionOptions } from '@/lib/cluster/session';
import type { KindId } from '@/lib/cluster/watched-kind';
import { WATCHED_KINDS } from '@/lib/cluster/watched-kinds.data';
import type { ObjectRecord } from '@/lib/core/kube/records';

/** Waits short enough for tests; the order between them is that of the real ones. */
export const SHORT: Partial<Timings> = {
  firstRetryMs: 20,
  longestRetryMs: 300,
  slowRetryMs: 150,
  doubtMs: 100,
  batchMs: 10,
};

export interface TestClusterOptions extends Partial<Omit<ApiServerOptions, 'store'>> {
  readonly kinds?: readonly KindRow[];
  readonly storeSettings?: StoreSettings;
}

export interface TestCluster {
  readonly store: Store;
  readonly server: ApiServer;
  /** Every request answered so far. */
  readonly requests: readonly RequestLine[];
  /** A kubeconfig file for a user. */
  kubeconfigPath(user?: string): string;
  /** A session that is closed with the cluster; started unless said otherwise. */
  open(user?: string, options?: SessionOptions, isStarted?: boolean): ClusterSession;
  stop(): Promise<void>;
}

/** A real API server on loopback, with as many sessions on it as a test wants. */
export async function startTestCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  const { kinds = KINDS, storeSettings, users, ...rest } = options;
  const store = createStore(kinds, storeSettings);
  const requests: RequestLine[] = [];
  const server = await startApiServer({
    store,
    users: users ?? [adminUser(), tokenUser('viewer')],
    log: (line) => requests.push(line),
    ...rest,
  });
  for (const right of userRights([])) store.create(`${right.kind.toLowerCase()}s.${RBAC_GROUP}`, right);
  const folder = mkdtempSync(join(tmpdir(), 'test-cluster-'));
  const sessions: ClusterSession[] = [];
  const kubeconfigPath = (user = 'admin') => {
    const path = join(folder, user);
    writeFileSync(path, server.kubeconfig(user));
    return path;
  };
  return {
    store,
    server,
    requests,
    kubeconfigPath,
    open: (user, sessionOptions = {}, isStarted = true) => {
      const connection = readKubeconfig({ kubeconfigPath: kubeconfigPath(user) }).connect();
      const session = new ClusterSession(connection, { timings: SHORT, ...sessionOptions });
      sessions.push(session);
      if (isStarted) session.start();
      return session;
    },
    stop: async () => {
      await Promise.all(sessions.map((session) => session.close()));
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export function addNamespace(store: Store, name: string, labels: Record<string, string> = {}): void {
  store.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }, { manager: 'setup' });
}

export function addPod(store: Store, namespace: string, name: string, labels: Record<string, string> = {}): void {
  const spec = { containers: [{ name: 'app', image: 'nginx:1.18.0', ports: [{ containerPort: 80 }] }] };
  store.create('pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec });
}

export function addDeployment(store: Store, namespace: string, name: string, spec: Record<string, unknown> = {}): void {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'nginx:1.18.0' }] } };
  store.create('deployments.apps', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: { replicas: 1, selector: { matchLabels: labels }, template, ...spec },
  });
}

const inOrder = (records: readonly ObjectRecord[]) =>
  [...records].sort((a, b) => `${a.namespace}/${a.name}`.localeCompare(`${b.namespace}/${b.name}`));

/** What a list made now gives, beside what the snapshot holds: equal once the snapshot has caught up. */
export async function compareWithFreshList(session: ClusterSession, id: KindId) {
  const { group, versions, plural, project, fieldSelector } = WATCHED_KINDS[id];
  const interner = new Interner();
  const { items } = await listPages<ObjectRecord>(session.transport, {
    path: listPath(group, versions[0] ?? 'v1', plural),
    query: { fieldSelector },
    pageSize: 500,
    project: (object) => project(object, interner),
  });
  return { snapshot: inOrder(session.store.list(id)), fresh: inOrder(items) };
}
