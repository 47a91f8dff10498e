import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dump, load } from 'js-yaml';
import { z } from 'zod';
import { stringAt } from '@/demo/server/json-access';
import type { KubeClient } from '@/testbed/kube-client';

const NAMESPACE = 'default';
const NAME = 'dashboard';
const RBAC = 'rbac.authorization.k8s.io';
const RULES = [
  { verbs: ['get', 'list', 'watch'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['patch'], apiGroups: ['', 'apps'], resources: ['namespaces', 'deployments'] },
];

async function post(admin: KubeClient, path: string, body: unknown): Promise<unknown> {
  const answer = await admin.request({ method: 'POST', path, body });
  if (answer.status >= 300 && answer.status !== 409) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Makes the account that the dashboard signs in with, and a token for it. */
export async function makeServiceAccount(admin: KubeClient): Promise<string> {
  const accounts = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts`;
  const metadata = { name: NAME };
  await post(admin, accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  const role = { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata, rules: RULES };
  await post(admin, `/apis/${RBAC}/v1/clusterroles`, role);
  await post(admin, `/apis/${RBAC}/v1/clusterrolebindings`, {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: NAME },
    subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE }],
  });
  const answer = await post(admin, `${accounts}/${NAME}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 3600 },
  });
  const token = stringAt(answer, 'status', 'token');
  if (token === undefined) throw new Error(`No token: ${JSON.stringify(answer)}`);
  return token;
}

/** Takes the account away; its tokens are worth nothing from then on. */
export async function deleteServiceAccount(admin: KubeClient): Promise<void> {
  await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${NAME}` });
}

const kubeconfigSchema = z.looseObject({
  clusters: z.array(z.looseObject({ cluster: z.looseObject({ server: z.string() }) })),
  users: z.array(z.looseObject({ user: z.looseObject({}) })),
});

export interface KubeconfigChange {
  /** Of the gate that leads to the API server. */
  readonly port: number;
  /** Signs in with it instead of the certificate. */
  readonly token?: string;
}

/** Writes a kubeconfig from another one, whole at once, as kubectl does. */
export function writeKubeconfig(path: string, from: string, { port, token }: KubeconfigChange): void {
  const config = kubeconfigSchema.parse(load(readFileSync(from, 'utf8')));
  for (const { cluster } of config.clusters) cluster.server = `https://127.0.0.1:${port}`;
  if (token !== undefined) for (const entry of config.users) entry.user = { token };
  writeFileSync(`${path}.new`, dump(config), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
