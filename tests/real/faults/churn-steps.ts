import { REVISION_LABEL } from '@/lib/core/kube/names';
import type { KubeRequest } from '@/testbed/kube-client';

export type Change = Pick<KubeRequest, 'method' | 'path' | 'contentType' | 'body'>;

const STEPS_PER_ROUND = 12;
const CONTAINER = { name: 'app', image: 'nginx:1.18.0', ports: [{ containerPort: 80 }] };

/** Each round has a namespace of its own. */
export const namespaceOf = (round: number) => `churn-${round}`;

const post = (path: string, apiVersion: string, kind: string, name: string, rest: object = {}): Change => ({
  method: 'POST',
  path,
  body: { apiVersion, kind, metadata: { name, labels: { app: name } }, ...rest },
});

const remove = (path: string): Change => ({ method: 'DELETE', path });

const label = (path: string, labels: object): Change => ({
  method: 'PATCH',
  path,
  contentType: 'application/merge-patch+json',
  body: { metadata: { labels } },
});

function deployment(path: string, name: string): Change {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [CONTAINER] } };
  return post(path, 'apps/v1', 'Deployment', name, {
    spec: { replicas: 2, selector: { matchLabels: labels }, template },
  });
}

/** What one step changes; what a round makes in its namespace stays there or goes again. */
export function changesOf(step: number): {
  readonly changes: Change[];
  readonly round: number;
  readonly isFirst: boolean;
} {
  const round = Math.floor(step / STEPS_PER_ROUND);
  const name = namespaceOf(round);
  const core = `/api/v1/namespaces/${name}`;
  const deployments = `/apis/apps/v1/namespaces/${name}/deployments`;
  const rules = `/apis/networking.istio.io/v1/namespaces/${name}/destinationrules`;
  const webService = { spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } };
  const made: Readonly<Record<number, Change>> = {
    0: post('/api/v1/namespaces', 'v1', 'Namespace', name),
    1: deployment(deployments, 'web'),
    2: post(`${core}/services`, 'v1', 'Service', 'web', webService),
    3: post(`${core}/pods`, 'v1', 'Pod', 'bare', { spec: { containers: [CONTAINER] } }),
    4: post(rules, 'networking.istio.io/v1', 'DestinationRule', 'web', { spec: { host: 'web' } }),
    5: deployment(deployments, 'api'),
    7: remove(`${core}/pods/bare`),
    9: remove(`${deployments}/api`),
    10: remove(`${rules}/web`),
  };
  const change = made[step % STEPS_PER_ROUND];
  const labels = { step: String(step), [REVISION_LABEL]: `r${step % 3}` };
  const changes = change === undefined ? [label(core, labels), label(`${core}/pods/bare`, labels)] : [change];
  return { changes, round, isFirst: step % STEPS_PER_ROUND === 0 };
}
