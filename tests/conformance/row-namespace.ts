import { setTimeout as sleep } from 'node:timers/promises';
import { userRights } from '@/demo/scenarios/user-rights';
import type { RowCluster } from './open-clusters';

const LONGEST_WAIT_MS = 20_000;
/** What controllers put into a new namespace: rows start when it is there. */
const FIRST_CONTENTS = ['serviceaccounts/default', 'configmaps/kube-root-ca.crt'];

/** Makes a namespace ready for a row and returns what removes it. */
export async function createRowNamespace(
  cluster: RowCluster,
  name: string,
  isTeams: boolean,
): Promise<() => Promise<void>> {
  const admin = cluster.client('admin');
  const expectStatus = async (method: string, path: string, wanted: number, body?: unknown) => {
    const answer = await admin.request({ method, path, body });
    if (answer.status !== wanted) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  await expectStatus('POST', '/api/v1/namespaces', 201, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  const until = Date.now() + LONGEST_WAIT_MS;
  for (const part of FIRST_CONTENTS) {
    const path = `/api/v1/namespaces/${name}/${part}`;
    while ((await admin.request({ method: 'GET', path })).status !== 200) {
      if (Date.now() > until) throw new Error(`The ${cluster.name} cluster made no ${part} in namespace ${name}.`);
      await sleep(20);
    }
  }
  const bindings = isTeams ? userRights([name]).filter((object) => object.metadata.namespace === name) : [];
  for (const binding of bindings) {
    await expectStatus('POST', `/apis/${binding.apiVersion}/namespaces/${name}/rolebindings`, 201, binding);
  }
  if (isTeams) await waitForRights(cluster, name, until);
  return async () => void (await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${name}` }));
}

/** A real API server learns of a new binding a moment later. */
async function waitForRights(cluster: RowCluster, namespace: string, until: number): Promise<void> {
  const resourceAttributes = { verb: 'list', resource: 'pods', namespace };
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
  const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
  while (
    !JSON.stringify(await cluster.client('team').request({ method: 'POST', path, body })).includes('"allowed":true')
  ) {
    if (Date.now() > until) throw new Error(`The ${cluster.name} cluster gave the team no rights in ${namespace}.`);
    await sleep(20);
  }
}
