import type { KubeClient } from '@/testbed/kube-client';
import type { SilentServer } from './silent-server';

const CONFIGURATION = 'faults-silent';
const CONFIGURATIONS = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';

/** What an object carries that the webhook of this policy is asked about. */
const POLICY_LABEL = 'faults.example/policy';

interface SilentWebhook {
  readonly name: string;
  readonly policy: 'Fail' | 'Ignore';
  readonly timeoutSeconds: number;
}

/** Has the API server ask a server that never answers before it changes a labelled namespace or Deployment. */
export async function addSilentWebhooks(
  admin: KubeClient,
  server: SilentServer,
  webhooks: readonly SilentWebhook[],
): Promise<void> {
  const body = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: CONFIGURATION },
    webhooks: webhooks.map(({ name, policy, timeoutSeconds }) => ({
      name,
      failurePolicy: policy,
      timeoutSeconds,
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      objectSelector: { matchLabels: { [POLICY_LABEL]: policy } },
      clientConfig: { url: server.url, caBundle: Buffer.from(server.authority).toString('base64') },
      rules: [
        { apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['namespaces'], scope: '*' },
        { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments'], scope: '*' },
      ],
    })),
  };
  const answer = await admin.request({ method: 'POST', path: CONFIGURATIONS, body });
  if (answer.status !== 201)
    throw new Error(`The webhooks were answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
}

export async function removeSilentWebhooks(admin: KubeClient): Promise<void> {
  await admin.request({ method: 'DELETE', path: `${CONFIGURATIONS}/${CONFIGURATION}` });
}

/** A namespace and a Deployment in it, both of which a webhook of this policy is asked about. */
export async function addGuarded(admin: KubeClient, namespace: string, policy: SilentWebhook['policy']): Promise<void> {
  const labels = { app: 'web', [POLICY_LABEL]: policy };
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'app', image: 'nginx:1.18.0' }] },
  };
  const objects: readonly [path: string, body: object][] = [
    ['/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }],
    [
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', labels },
        spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template },
      },
    ],
  ];
  for (const [path, body] of objects) {
    const { status } = await admin.request({ method: 'POST', path, body });
    if (status !== 201) throw new Error(`${path} was answered with ${status}.`);
  }
}
