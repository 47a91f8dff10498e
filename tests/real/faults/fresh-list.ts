import { z } from 'zod';
import { recordsAt, stringAt, stringMapAt } from '@/demo/server/json-access';
import { namespacesAnswerSchema, workloadsAnswerSchema } from '@/lib/api/namespaces';
import { newestOf } from '@/lib/cluster/keep-newest';
import type { ClusterSession } from '@/lib/cluster/session';
import { KIND_IDS, WATCHED_KINDS } from '@/lib/cluster/watched-kinds.data';
import { INJECTION_LABEL, REVISION_LABEL } from '@/lib/core/kube/names';
import type { ObjectRecord } from '@/lib/core/kube/records';
import type { KubeClient } from '@/testbed/kube-client';
import { compareWithFreshList } from '@/tests/cluster/start-test-cluster';

const PAGE = 500;
const metaSchema = z.object({ metadata: z.object({ name: z.string(), resourceVersion: z.string() }) });

/** The labels that the dashboard shows of a namespace. */
const SHOWN_LABELS: readonly string[] = [INJECTION_LABEL, REVISION_LABEL];

const toText = (name: string, version: string, labels: Readonly<Record<string, string>>, pods: number) =>
  `${name} ${version} ${SHOWN_LABELS.map((key) => `${key}=${labels[key]}`).join(' ')} pods ${pods}`;

const texts = (records: readonly ObjectRecord[]) => records.map((record) => JSON.stringify(record)).sort();

/** Kinds of which the snapshot differs from a list made now, and how many objects it holds in all. */
export async function compareSnapshot(session: ClusterSession): Promise<{ differing: string[]; objects: number }> {
  const differing: string[] = [];
  let objects = 0;
  for (const id of KIND_IDS) {
    const state = session.store.state(id);
    if (state.reason === 'absent') continue;
    if (state.status !== 'live') differing.push(`${id} is ${state.status}: ${state.message ?? ''}`);
    const { snapshot, fresh } = await compareWithFreshList(session, id);
    const { keepNewest } = WATCHED_KINDS[id];
    const [has, wants] = [texts(snapshot), texts(keepNewest === undefined ? fresh : newestOf(fresh, keepNewest))];
    if (JSON.stringify(has) !== JSON.stringify(wants)) differing.push(`${id}: ${has.length} of ${wants.length}`);
    objects += wants.length;
  }
  return { differing, objects };
}

async function list(admin: KubeClient, path: string) {
  const { body } = await admin.request({ method: 'GET', path });
  return recordsAt(body, 'items');
}

async function read<T>(url: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await (await fetch(url, { signal: AbortSignal.timeout(20_000) })).json());
}

/** What the dashboard's API says of namespaces, Deployments and pods, beside what the API server says: equal texts. */
export async function compareDashboard(url: string, admin: KubeClient): Promise<{ shown: string[]; fresh: string[] }> {
  const shown: string[] = [];
  const { items } = await read(`${url}/api/v1/namespaces?limit=${PAGE}`, namespacesAnswerSchema);
  for (const { name, resourceVersion, labels, counts } of items) {
    shown.push(toText(name, resourceVersion, labels, counts.total));
    const workloads = await read(`${url}/api/v1/namespaces/${name}/workloads?limit=${PAGE}`, workloadsAnswerSchema);
    for (const { kind, name: workload } of workloads.items)
      if (kind === 'Deployment') shown.push(`${name}/${workload}`);
  }
  const pods = await list(admin, '/api/v1/pods');
  const fresh: string[] = [];
  for (const namespace of await list(admin, '/api/v1/namespaces')) {
    const { name, resourceVersion } = metaSchema.parse(namespace).metadata;
    const count = pods.filter((pod) => stringAt(pod, 'metadata', 'namespace') === name).length;
    fresh.push(toText(name, resourceVersion, stringMapAt(namespace, 'metadata', 'labels'), count));
  }
  for (const deployment of await list(admin, '/apis/apps/v1/deployments')) {
    fresh.push(`${stringAt(deployment, 'metadata', 'namespace')}/${stringAt(deployment, 'metadata', 'name')}`);
  }
  return { shown: shown.sort(), fresh: fresh.sort() };
}
