import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '@/demo/certificates/create-authority';
import { issueServerCertificate } from '@/demo/certificates/issue-server-certificate';
import { confirmAccessSchema, confirmAnswerSchema } from '@/lib/api/confirm';
import { errorOf, startApi, type TestApi } from './start-api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ scenario: 'tricky' });
});
afterAll(() => api.stop());

const VIEWER = { 'x-sidelight-cluster': 'demo-viewer' };
const confirmPath = (place: string) => {
  const [namespace, kind, name] = place.split('/');
  return `/api/v1/namespaces/${namespace}/${kind === 'Pod' ? 'pods' : `workloads/${kind}`}/${name}/confirm`;
};
const confirm = async (place: string) => {
  const { status, body } = await api.post(confirmPath(place), {});
  expect({ status, body }).toMatchObject({ status: 200 });
  return confirmAnswerSchema.parse(body);
};
const podNames = () => new Set(api.cluster.store.list('pods').map(({ metadata }) => metadata.uid));

const WEBHOOKS = 'mutatingwebhookconfigurations.admissionregistration.k8s.io';

/** Another webhook for the pods of one namespace, which answers as told; gives back what takes it away again. */
async function addWebhook(namespace: string, answer: { readonly status: number; readonly response: object }) {
  const authority = await createAuthority();
  const listener = createServer(await issueServerCertificate(authority), async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const { uid } = JSON.parse(text).request;
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    const review = { kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1' };
    response.end(JSON.stringify({ ...review, response: { uid, allowed: true, ...answer.response } }));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const metadata = { name: 'pod-defaults' };
  api.cluster.store.create(WEBHOOKS, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata,
    webhooks: [
      {
        name: 'pod-defaults.example.com',
        clientConfig: {
          url: `https://127.0.0.1:${port}/`,
          caBundle: Buffer.from(authority.certificatePem).toString('base64'),
        },
        rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        failurePolicy: 'Fail',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        timeoutSeconds: 5,
      },
    ],
  });
  return async () => {
    api.cluster.store.delete(WEBHOOKS, metadata);
    listener.closeAllConnections();
    await new Promise((resolve) => listener.close(resolve));
  };
}

const patchOf = (operations: readonly object[]) => ({
  patchType: 'JSONPatch',
  patch: Buffer.from(JSON.stringify(operations)).toString('base64'),
});

describe('POST …/confirm', () => {
  it.each<[place: string, outcome: string]>([
    ['orders/Deployment/orders-api', 'same'],
    ['data-platform/StatefulSet/kafka', 'same'],
    ['data-platform/DaemonSet/log-agent', 'same'],
    ['data-platform/CronJob/cleanup', 'same'],
    ['edge/Deployment/partner-gateway', 'same'],
    ['docs-site/Deployment/docs', 'same-untouched'],
    ['platform/Deployment/ldap-bridge', 'same-untouched'],
    ['experiments/Deployment/bad-mode', 'same-refusal'],
    ['batch/Deployment/worker', 'refused-beside'],
    ['vault/Deployment/key-store', 'refused-beside'],
    ['canary-tests/Deployment/canary-web', 'unreachable'],
    ['preview/Deployment/preview-web', 'passed-open'],
    ['tools/Pod/netshoot', 'same'],
  ])('asks about %s: %s', async (place, outcome) => {
    const answer = await confirm(place);
    expect({ outcome: answer.outcome, differences: answer.differences }).toEqual({ outcome, differences: [] });
    expect(answer.sent).toContain('kind: Pod');
    expect(answer.kubectl).toContain('--dry-run=server');
  });

  it.each([
    {
      name: 'a patch that does not fit',
      answer: { status: 200, response: patchOf([{ op: 'remove', path: '/spec/nothing' }]) },
      outcome: 'cluster-fails',
      code: 'confirm.failed.patch',
      says: /^Internal error occurred: .*\/spec\/nothing/,
    },
    {
      name: 'an error of its own',
      answer: { status: 500, response: {} },
      outcome: 'cluster-fails',
      code: 'injection.refusal.webhook-failed',
      says: /^failed calling webhook "pod-defaults.example.com"/,
    },
    {
      name: 'a refusal under the status 500',
      answer: { status: 200, response: { allowed: false, status: { code: 500, message: 'no database' } } },
      outcome: 'refused-beside',
      code: 'injection.refusal.webhook-denied',
      says: /^admission webhook "pod-defaults.example.com" denied the request: no database/,
    },
  ])('tells where another webhook answers with $name', async ({ answer, outcome, code, says }) => {
    const remove = await addWebhook('orders', answer);
    try {
      const told = await confirm('orders/Deployment/orders-api');
      expect(told).toMatchObject({ outcome, clusterRefusal: { because: { code } }, differences: [] });
      expect(told.clusterRefusal?.message).toMatch(says);
    } finally {
      await remove();
    }
    expect((await confirm('orders/Deployment/orders-api')).outcome).toBe('same');
  });

  it('stores nothing', async () => {
    const before = podNames();
    await confirm('orders/Deployment/orders-api');
    await confirm('tools/Pod/netshoot');
    const after = [...podNames()].filter((uid) => !before.has(uid));
    expect(after).toEqual([]);
  });

  it('says that the cluster confirms only what stands', async () => {
    const { notes } = await confirm('docs-site/Deployment/docs');
    expect(notes).toContainEqual({ code: 'confirm.note.not-injecting', values: { namespace: 'docs-site' } });
  });

  it('names the right that is missing, before anything is sent', async () => {
    const path = confirmPath('orders/Deployment/orders-api');
    const access = confirmAccessSchema.parse((await api.get(path, VIEWER)).body);
    expect(access).toMatchObject({ isReadOnly: false, access: { allowed: false } });
    const answer = await api.post(path, {}, VIEWER);
    expect(answer.status).toBe(403);
    expect(errorOf(answer).details).toEqual({ right: 'create pods in namespace "orders"' });
  });

  it('takes no pod from the browser', async () => {
    const pod = { spec: { containers: [{ name: 'a', image: 'a' }] } };
    const answer = await api.post(confirmPath('orders/Deployment/orders-api'), { pod });
    expect(answer.status).toBe(400);
  });

  it('knows no object that is not there, and no kind without pods', async () => {
    expect((await api.post(confirmPath('orders/Deployment/none'), {})).status).toBe(404);
    expect((await api.post(confirmPath('orders/Service/orders-api'), {})).status).toBe(400);
  });

  it('is refused read-only', async () => {
    await api.reconfigure({ readOnly: true });
    const path = confirmPath('orders/Deployment/orders-api');
    await expect.poll(async () => (await api.get('/api/v1/namespaces/orders')).status, { timeout: 10_000 }).toBe(200);
    const answer = await api.post(path, {});
    expect(answer.status).toBe(403);
    expect(errorOf(answer).message).toContain('read-only');
    expect(confirmAccessSchema.parse((await api.get(path)).body).isReadOnly).toBe(true);
  });
});
